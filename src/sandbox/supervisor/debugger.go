// Delve, attached to the API server on request, or starting it. It listens on one port; the tap on another, where the reader's dlv connects.
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
	return d.serve(ended, "running")
}

// launch starts the API server and holds it before its first instruction. `ended` is closed when it has ended, and Delve with it.
func (d *debugger) launch(environment, command []string) (ended <-chan struct{}, err error) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	// Its own words go where they would without Delve.
	log := logFolder + "/kube-apiserver.log"
	delve := []string{"dlv", "exec", "--headless", "--accept-multiclient", "--api-version=2", "--listen=" + delveAddress,
		"--redirect=stdout:" + log, "--redirect=stderr:" + log + ".errors", command[0], "--"}
	ended, err = d.processes.start("dlv", sourceFolder, environment, append(delve, command[1:]...)...)
	if err != nil {
		return nil, err
	}
	return ended, d.serve(ended, "halted")
}

// serve returns when Delve answers that the target is as wanted, running or halted, and opens the tap.
func (d *debugger) serve(ended <-chan struct{}, wanted string) error {
	if err := awaitDelve(ended, wanted); err != nil {
		return err
	}
	if err := serveTap(d.out); err != nil {
		return err
	}
	d.attached = true
	return nil
}

// awaitDelve asks for the target's state until it is as wanted.
func awaitDelve(ended <-chan struct{}, wanted string) error {
	deadline := time.Now().Add(attachLimit)
	why := "it did not listen"
	for time.Now().Before(deadline) {
		state, err := targetState(deadline)
		if state == wanted {
			return nil
		}
		if err != nil {
			why = err.Error()
		}
		select {
		case <-ended:
			return fmt.Errorf("Delve could not get hold of the API server: %s", lastLine(logFolder+"/dlv.log"))
		case <-time.After(retryEvery):
		}
	}
	return fmt.Errorf("Delve was not ready after %s: %s", attachLimit, why)
}

// targetState asks once whether the target is running or halted. Delve answers only when it has read the debug information.
func targetState(deadline time.Time) (string, error) {
	connection, err := net.Dial("tcp", delveAddress)
	if err != nil {
		return "", err
	}
	defer connection.Close()
	_ = connection.SetDeadline(deadline)
	if _, err := fmt.Fprintln(connection, `{"id":1,"method":"RPCServer.State","params":[{"NonBlocking":true}]}`); err != nil {
		return "", err
	}
	var answer struct {
		Result struct{ State struct{ Running bool } }
	}
	if err := json.NewDecoder(bufio.NewReader(connection)).Decode(&answer); err != nil {
		return "", err
	}
	if answer.Result.State.Running {
		return "running", nil
	}
	return "halted", nil
}
