// Prints the functions of one Go package, named as the compiler and Delve name them, with their lines.
//
// The arguments are the files of the package that are compiled, all of them: the numbers of `init` functions and of
// closures outside functions count through the whole package. The answer is one JSON array, a file an entry.
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
)

// Function is one function, method or closure.
type Function struct {
	// Name as Delve prints it after the package, type arguments left as `[...]`.
	Name string `json:"name"`
	// From and To are the lines of the keyword `func` and of the closing brace.
	From int `json:"from"`
	To   int `json:"to"`
	// Statements are the lines on which a statement of this function begins, its entry and its return at the closing brace
	// with them. Closures inside keep theirs to themselves.
	Statements []int `json:"statements"`
}

// File is one file of the package with its functions, in the order of their first lines.
type File struct {
	Path      string     `json:"path"`
	Package   string     `json:"package"`
	Functions []Function `json:"functions"`
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: functions FILE.go ... (every compiled file of one package)")
		os.Exit(2)
	}
	files, err := functions(os.Args[1:])
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(files)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func functions(paths []string) ([]File, error) {
	positions := token.NewFileSet()
	var parsed []*ast.File
	for _, path := range paths {
		file, err := parser.ParseFile(positions, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, file)
	}
	namer := newNamer(positions, parsed)
	files := make([]File, len(paths))
	for i, path := range paths {
		files[i] = File{Path: path, Package: parsed[i].Name.Name, Functions: namer.functionsOf(parsed[i])}
	}
	return files, nil
}
