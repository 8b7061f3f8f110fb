// The programs of the control plane: started with a log each, and reported when one ends.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

const (
	programFolder = "/opt/k8s/bin"
	logFolder     = "/var/log/sandbox"
)

// processes starts programs and tells the backend when one ends.
type processes struct {
	out *frameWriter
	// Ids by name, set once while starting.
	ids map[string]int
}

func newProcesses(out *frameWriter) *processes { return &processes{out, map[string]int{}} }

// start runs a program of this sandbox in the background. `ended` is closed after its end was reported.
func (p *processes) start(name, folder string, environment []string, command ...string) (ended <-chan struct{}, err error) {
	if err := os.MkdirAll(logFolder, 0o755); err != nil {
		return nil, err
	}
	logPath := filepath.Join(logFolder, name+".log")
	log, err := os.OpenFile(logPath, os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	running := exec.Command(filepath.Join(programFolder, command[0]), command[1:]...)
	running.Dir = folder
	running.Env = append(os.Environ(), environment...)
	running.Stdout, running.Stderr = log, log
	// Its own session: keys typed in a terminal never reach it as signals.
	running.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := running.Start(); err != nil {
		return nil, err
	}
	p.ids[name] = running.Process.Pid
	over := make(chan struct{})
	go func() {
		_ = running.Wait()
		words := fmt.Sprintf("%s: %s", running.ProcessState, lastLine(logPath))
		p.out.control(processEndedMessage{"process-ended", name, strings.TrimSuffix(words, ": ")})
		close(over)
	}()
	return over, nil
}

// lastLine is what a program said last, at most some 500 bytes.
func lastLine(path string) string {
	file, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer file.Close()
	const most = 500
	if end, err := file.Seek(0, 2); err == nil && end > most {
		_, _ = file.Seek(-most, 2)
	} else {
		_, _ = file.Seek(0, 0)
	}
	tail := make([]byte, most)
	n, _ := file.Read(tail)
	lines := strings.Split(strings.TrimSpace(strings.ToValidUTF8(string(tail[:n]), "?")), "\n")
	return lines[len(lines)-1]
}
