// Delve, attached to the API server on request. It listens on one port; the tap on another, where the reader's dlv connects.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"
)

const (
	delveAddress = "127.0.0.1:4001"
	tapAddress   = "127.0.0.1:4000"
	// Reading the debug information takes 1.7 s on an idle machine.
	attachLimit = 60 * time.Second
)

// debugger attaches Delve once, however often it is asked.
type debugger struct {
	out       *frameWriter
	processes *processes
	mutex     sync.Mutex
	target    int
	attached  bool
}

func newDebugger(out *frameWriter, started *processes) *debugger {
	return &debugger{out: out, processes: started}
}

// allow names the process to attach to.
func (d *debugger) allow(target int) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.target = target
}

// attach returns when Delve answers and the API server runs on.
func (d *debugger) attach() error {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.attached {
		return nil
	}
	if d.target == 0 {
		return errors.New("the API server is not ready yet")
	}
	ended, err := d.processes.start("dlv", sourceFolder, nil, "dlv", "attach", strconv.Itoa(d.target),
		"--headless", "--accept-multiclient", "--api-version=2", "--listen="+delveAddress, "--continue")
	if err != nil {
		return err
	}
	if err := awaitDelve(ended); err != nil {
		return err
	}
	if err := serveTap(d.out); err != nil {
		return err
	}
	d.attached = true
	return nil
}

// awaitDelve asks for the target's state until it runs.
func awaitDelve(ended <-chan struct{}) error {
	deadline := time.Now().Add(attachLimit)
	why := "it did not listen"
	for time.Now().Before(deadline) {
		running, err := targetRuns(deadline)
		if running {
			return nil
		}
		if err != nil {
			why = err.Error()
		}
		select {
		case <-ended:
			return fmt.Errorf("Delve could not attach to the API server: %s", lastLine(logFolder+"/dlv.log"))
		case <-time.After(retryEvery):
		}
	}
	return fmt.Errorf("Delve was not ready after %s: %s", attachLimit, why)
}

// targetRuns asks once. Delve answers only when it has read the debug information.
func targetRuns(deadline time.Time) (bool, error) {
	connection, err := net.Dial("tcp", delveAddress)
	if err != nil {
		return false, err
	}
	defer connection.Close()
	_ = connection.SetDeadline(deadline)
	if _, err := fmt.Fprintln(connection, `{"id":1,"method":"RPCServer.State","params":[{"NonBlocking":true}]}`); err != nil {
		return false, err
	}
	var answer struct {
		Result struct{ State struct{ Running bool } }
	}
	err = json.NewDecoder(bufio.NewReader(connection)).Decode(&answer)
	return answer.Result.State.Running, err
}
