// Lets Delve attach where the Yama security module allows only named tracers (kernel.yama.ptrace_scope=1).
package main

import (
	"errors"
	"os"
	"os/exec"

	"golang.org/x/sys/unix"
)

// execTraceable names any process of this sandbox as a tracer and becomes the program given. The permission belongs to the process,
// so it stays over the exec; the sandbox's namespaces keep everyone else out.
func execTraceable(command []string) error {
	if len(command) == 0 {
		return errors.New("exec-traceable needs a program")
	}
	path, err := exec.LookPath(command[0])
	if err != nil {
		return err
	}
	// PR_SET_PTRACER_ANY is -1. EINVAL: a kernel without Yama, where nothing needs to be allowed.
	if err := unix.Prctl(unix.PR_SET_PTRACER, ^uintptr(0), 0, 0, 0); err != nil && !errors.Is(err, unix.EINVAL) {
		return err
	}
	return unix.Exec(path, command, os.Environ())
}
