// Writes the code index of a program: what every identifier means, who calls a function, which types implement an interface.
//
// The arguments are the folder of a go.mod, a package there, a list of files and the folder to write into. The list has a line for each
// file of the set: the path, a tab, and its name in the debug information. Progress goes to standard error as `12 of 90`, a summary to
// standard output.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

func main() {
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: code MODULE PACKAGE LIST FOLDER")
		os.Exit(2)
	}
	summary, err := index(os.Args[1], os.Args[2], os.Args[3], os.Args[4])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(summary)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// index does it all and tells what there was.
func index(module, root, list, folder string) (Summary, error) {
	names, err := readList(list)
	if err != nil {
		return Summary{}, err
	}
	program, err := load(module, root, names, func(done, all int) { fmt.Fprintf(os.Stderr, "%d of %d\n", done, all) })
	if err != nil {
		return Summary{}, err
	}
	files, symbols := program.number()
	if len(files) != len(names) {
		return Summary{}, fmt.Errorf("%d files are asked for, and %s is made of %d of them", len(names), root, len(files))
	}
	program.linkCalls()
	pairs := program.linkImplementers()
	return write(folder, files, symbols, pairs)
}

// readList gives the names of files in the debug information by path.
func readList(path string) (map[string]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	names := map[string]string{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		path, name, ok := strings.Cut(lines.Text(), "\t")
		if !ok {
			return nil, fmt.Errorf("%q is not a path, a tab and a name", lines.Text())
		}
		names[path] = name
	}
	return names, lines.Err()
}
