// Terminals: pseudo-terminals with the learner's shell or dlv in them, read only as fast as the backend takes it.
package main

import (
	"fmt"

	"os/exec"
	"sync"

	"github.com/creack/pty"
)

const (
	// Output that may be under way before the backend acknowledges; TERMINAL_WINDOW on the other side.
	terminalWindow = 256 << 10
	// Typed or pasted input that a program has not read yet; more is dropped, as a full line would be.
	maxUnreadInput = 1 << 20
	// More at once is nobody's need.
	maxTerminals = 32
)

type terminals struct {
	out   *frameWriter
	mutex sync.Mutex
	byID  map[uint16]*terminal
}

func newTerminals(out *frameWriter) *terminals {
	return &terminals{out: out, byID: map[uint16]*terminal{}}
}

func (t *terminals) open(id uint16, program string, columns, rows uint16) error {
	command, err := programOf(program)
	if err != nil {
		return err
	}
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.byID[id] != nil {
		return fmt.Errorf("terminal %d is open already", id)
	}
	if len(t.byID) >= maxTerminals {
		return fmt.Errorf("%d terminals are open; close one first", maxTerminals)
	}
	master, err := pty.StartWithSize(command, &pty.Winsize{Cols: columns, Rows: rows})
	if err != nil {
		return err
	}
	opened := newTerminal(master, command)
	t.byID[id] = opened
	go opened.passInput()
	go func() {
		code := opened.passOutput(func(bytes []byte) { t.out.bytesOf(terminalFrame, id, bytes) })
		t.mutex.Lock()
		delete(t.byID, id)
		t.mutex.Unlock()
		t.out.control(terminalEndedMessage{"terminal-ended", id, code})
	}()
	return nil
}

func programOf(program string) (*exec.Cmd, error) {
	var command *exec.Cmd
	switch program {
	case "shell":
		command = exec.Command("bash", "--rcfile", homeFolder+"/.bashrc", "-i")
		command.Dir = homeFolder
	case "debugger":
		command = exec.Command("bash", homeFolder+"/.config/dlv/connect.sh")
		command.Dir = homeFolder
	default:
		return nil, fmt.Errorf("there is no program %q", program)
	}
	command.Env = learnerEnvironment()
	return command, nil
}

func (t *terminals) find(id uint16) *terminal {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return t.byID[id]
}

func (t *terminals) input(id uint16, bytes []byte) {
	if found := t.find(id); found != nil {
		found.input(bytes)
	}
}

func (t *terminals) resize(id uint16, columns, rows uint16) {
	if found := t.find(id); found != nil {
		_ = pty.Setsize(found.master, &pty.Winsize{Cols: columns, Rows: rows})
	}
}

func (t *terminals) acknowledge(id uint16, bytes int) {
	if found := t.find(id); found != nil {
		found.acknowledge(bytes)
	}
}

// close hangs up, as closing a terminal's window does; what ignores that is killed.
func (t *terminals) close(id uint16) {
	if found := t.find(id); found != nil {
		found.hangUp()
	}
}
