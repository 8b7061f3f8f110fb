// The file of spans: appended to, bounded, and read back. It lies in memory, so that it must not grow for as long as a sandbox lives.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// Bytes of the file; when it is full it becomes the older half, and the half before that goes. An idle API server fills it in an hour.
const mostBytes = 8 << 20

type store struct {
	path string
	mu   sync.Mutex
}

func older(path string) string { return path + ".older" }

func (s *store) append(spans []span) error {
	var lines bytes.Buffer
	for _, one := range spans {
		line, err := one.line()
		if err != nil {
			return err
		}
		lines.Write(line)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if found, err := os.Stat(s.path); err == nil && found.Size() > mostBytes {
		if err := os.Rename(s.path, older(s.path)); err != nil {
			return err
		}
	}
	// Opened each time: a reader may remove or empty it to begin anew.
	file, err := os.OpenFile(s.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(lines.Bytes())
	return errors.Join(err, file.Close())
}

// readSpans reads both halves. A last line that is still being written is left out.
func readSpans(path string) ([]span, error) {
	var all []span
	for _, each := range []string{older(path), path} {
		file, err := os.Open(each)
		if errors.Is(err, os.ErrNotExist) {
			if each == path {
				return nil, fmt.Errorf("%s is not there: no span has come yet, or `spans serve` does not run", path)
			}
			continue
		}
		if err != nil {
			return nil, err
		}
		found, err := spansIn(file)
		file.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", each, err)
		}
		all = append(all, found...)
	}
	return all, nil
}

func spansIn(file io.Reader) ([]span, error) {
	var all []span
	from := bufio.NewReader(file)
	for {
		line, err := from.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		var one span
		if err := json.Unmarshal(line, &one); err != nil {
			return nil, fmt.Errorf("a line that is no span: %w", err)
		}
		all = append(all, one)
	}
}
