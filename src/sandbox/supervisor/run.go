// The running supervisor: takes the backend's frames one by one and hands each to whom it concerns.
package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// supervisor holds everything that lives in this sandbox.
type supervisor struct {
	out       *frameWriter
	processes *processes
	terminals *terminals
	streams   *streams
	debugger  *debugger
	started   bool
}

// run serves until stdin ends. The sandbox ends with this process, since everything in it lives in its pid namespace.
func run(stdin io.Reader, stdout io.Writer) error {
	out := &frameWriter{to: stdout}
	started := newProcesses(out)
	s := &supervisor{
		out: out, processes: started, terminals: newTerminals(out), streams: newStreams(out), debugger: newDebugger(out, started),
	}
	from := bufio.NewReaderSize(stdin, maxFrame)
	for {
		kind, payload, err := readFrame(from)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := s.take(kind, payload); err != nil {
			return err
		}
	}
}

func (s *supervisor) take(kind frameKind, payload []byte) error {
	switch kind {
	case controlFrame:
		var asked request
		if err := json.Unmarshal(payload, &asked); err != nil {
			return fmt.Errorf("a control message that is not JSON: %w", err)
		}
		return s.obey(asked)
	case terminalFrame, streamFrame:
		if len(payload) < 2 {
			return fmt.Errorf("a frame without its number")
		}
		id, bytes := binary.BigEndian.Uint16(payload), payload[2:]
		if kind == terminalFrame {
			s.terminals.input(id, bytes)
		} else {
			s.streams.input(id, bytes)
		}
		return nil
	default:
		return fmt.Errorf("a frame of unknown kind %d", kind)
	}
}

// obey never waits: what takes time runs on its own and answers later.
func (s *supervisor) obey(asked request) error {
	switch asked.Type {
	case "start":
		if s.started {
			return errors.New("asked to start twice")
		}
		s.started = true
		go func() {
			if err := s.start(asked.Substitute, asked.Setup); err != nil {
				s.out.control(wordsMessage{"failed", err.Error()})
			}
		}()
	case "attach":
		go s.answer(asked.Request, s.debugger.attach)
	case "open-terminal":
		go s.answer(asked.Request, func() error { return s.terminals.open(asked.Terminal, asked.Program, asked.Columns, asked.Rows) })
	case "resize":
		s.terminals.resize(asked.Terminal, asked.Columns, asked.Rows)
	case "acknowledge":
		s.terminals.acknowledge(asked.Terminal, asked.Bytes)
	case "close-terminal":
		s.terminals.close(asked.Terminal)
	case "dial":
		go s.answer(asked.Request, func() error { return s.streams.dial(asked.Stream) })
	case "close-stream":
		s.streams.close(asked.Stream)
	default:
		return fmt.Errorf("asked for an unknown %q", asked.Type)
	}
	return nil
}

func (s *supervisor) answer(number int, do func() error) {
	if err := do(); err != nil {
		s.out.control(refusedMessage{"refused", number, err.Error()})
		return
	}
	s.out.control(doneMessage{"done", number})
}
