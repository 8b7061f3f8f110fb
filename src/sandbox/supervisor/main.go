// The supervisor is the first program in a sandbox: it starts the control plane, opens terminals and reports over its pipes.
//
// Dependencies: creack/pty (terminals; small and pure Go), x/net/bpf (assembles the seccomp filter), x/sys/unix (constants, prctl).
package main

import (
	"fmt"
	"os"
	"runtime"
)

// The main goroutine keeps to the main thread, because the kernel remembers a tracer by the process's first thread.
func init() { runtime.LockOSThread() }

func main() {
	verb := "run"
	if len(os.Args) > 1 {
		verb = os.Args[1]
	}
	var err error
	switch verb {
	case "run":
		err = run(os.Stdin, os.Stdout)
	case "seccomp-filter":
		// Run on the host, before there is a sandbox: writes the filter for bwrap's --seccomp.
		err = writeSeccompFilter(os.Stdout)
	case "exec-traceable":
		err = execTraceable(os.Args[2:])
	default:
		err = fmt.Errorf("unknown verb %q; there are run, seccomp-filter and exec-traceable", verb)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "supervisor: %v\n", err)
		os.Exit(1)
	}
}
