// One terminal: its input queue and the window of its output.
package main

import (
	"os"
	"os/exec"
	"sync"
	"syscall"
)

type terminal struct {
	master  *os.File
	command *exec.Cmd
	mutex   sync.Mutex
	// Signals every change of the fields below.
	changed     *sync.Cond
	outstanding int
	unread      []byte
	closed      bool
}

func newTerminal(master *os.File, command *exec.Cmd) *terminal {
	made := &terminal{master: master, command: command}
	made.changed = sync.NewCond(&made.mutex)
	return made
}

// passOutput reads until the program is gone and returns its exit code.
func (t *terminal) passOutput(send func([]byte)) int {
	chunk := make([]byte, maxChunk)
	for {
		room := t.awaitRoom()
		if room == 0 {
			break
		}
		n, err := t.master.Read(chunk[:min(room, len(chunk))])
		if n > 0 {
			t.mutex.Lock()
			t.outstanding += n
			t.mutex.Unlock()
			send(chunk[:n])
		}
		if err != nil {
			break
		}
	}
	t.hangUp()
	_ = t.command.Wait()
	if status, ok := t.command.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return t.command.ProcessState.ExitCode()
}

// awaitRoom waits until something may be sent, and says how much; 0 when the terminal is closed.
func (t *terminal) awaitRoom() int {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for t.outstanding >= terminalWindow && !t.closed {
		t.changed.Wait()
	}
	if t.closed {
		return 0
	}
	return terminalWindow - t.outstanding
}

func (t *terminal) acknowledge(bytes int) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.outstanding = max(0, t.outstanding-max(0, bytes))
	t.changed.Broadcast()
}

func (t *terminal) input(bytes []byte) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if len(t.unread)+len(bytes) <= maxUnreadInput {
		t.unread = append(t.unread, bytes...)
		t.changed.Broadcast()
	}
}

// passInput writes what was typed, waiting when the program does not read.
func (t *terminal) passInput() {
	for {
		t.mutex.Lock()
		for len(t.unread) == 0 && !t.closed {
			t.changed.Wait()
		}
		bytes, closed := t.unread, t.closed
		t.unread = nil
		t.mutex.Unlock()
		if closed {
			return
		}
		if _, err := t.master.Write(bytes); err != nil {
			return
		}
	}
}

func (t *terminal) hangUp() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.closed {
		return
	}
	t.closed = true
	t.changed.Broadcast()
	// The kernel sends SIGHUP to the session when the last master closes.
	_ = t.master.Close()
	_ = t.command.Process.Kill()
}
