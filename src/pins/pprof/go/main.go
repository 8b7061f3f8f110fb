// Stands where a reader expects Go: `go tool pprof` starts the pprof that was built from the pin, and says so. There is no Go in a sandbox.
package main

import (
	"debug/buildinfo"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

func main() {
	if len(os.Args) < 3 || os.Args[1] != "tool" || os.Args[2] != "pprof" {
		fail("there is no Go here; of its commands only `go tool pprof` works")
	}
	self, err := os.Executable()
	if err != nil {
		fail(err.Error())
	}
	pprof := filepath.Join(filepath.Dir(self), "pprof")
	info, err := buildinfo.ReadFile(pprof)
	if err != nil {
		fail(err.Error())
	}
	// Standard output belongs to pprof: it may be a graph that goes to a file.
	fmt.Fprintf(os.Stderr, "go: there is no Go here; this is pprof itself (%s %s), as the book pins it\n", info.Main.Path, info.Main.Version)
	fail(syscall.Exec(pprof, append([]string{"pprof"}, os.Args[3:]...), os.Environ()).Error())
}

func fail(words string) {
	fmt.Fprintln(os.Stderr, "go: "+words)
	os.Exit(2)
}
