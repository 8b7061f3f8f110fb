// Prints the functions and types of Go packages, functions named as the compiler and Delve name them, with their lines.
//
// The arguments are the files of one package that are compiled, all of them: the numbers of `init` functions and of
// closures outside functions count through the whole package. The answer is one JSON array, a file an entry.
// Without arguments packages are read from standard input, one a line, a JSON array of files each, and answered
// a line each, in the same order.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
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

// File is one file of the package with its functions and types, in the order of their first lines.
type File struct {
	Path    string `json:"path"`
	Package string `json:"package"`
	// Generated is whether the file says so of itself, by the rule of https://go.dev/s/generatedcode.
	Generated bool       `json:"generated"`
	Functions []Function `json:"functions"`
	Types     []Type     `json:"types"`
}

func main() {
	var err error
	if len(os.Args) > 1 {
		err = answer(os.Args[1:], json.NewEncoder(os.Stdout))
	} else {
		err = answerAll(os.Stdin, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func answerAll(questions io.Reader, answers io.Writer) error {
	out := bufio.NewWriter(answers)
	decoder, encoder := json.NewDecoder(questions), json.NewEncoder(out)
	for {
		var paths []string
		if err := decoder.Decode(&paths); err == io.EOF {
			return out.Flush()
		} else if err != nil {
			return fmt.Errorf("a line of standard input is no JSON array of files: %w", err)
		}
		if err := answer(paths, encoder); err != nil {
			return err
		}
	}
}

func answer(paths []string, encoder *json.Encoder) error {
	files, err := functions(paths)
	if err != nil {
		return err
	}
	return encoder.Encode(files)
}

func functions(paths []string) ([]File, error) {
	positions := token.NewFileSet()
	var parsed []*ast.File
	for _, path := range paths {
		file, err := parser.ParseFile(positions, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		parsed = append(parsed, file)
	}
	namer := newNamer(positions, parsed)
	files := make([]File, len(paths))
	for i, path := range paths {
		files[i] = File{
			Path:      path,
			Package:   parsed[i].Name.Name,
			Generated: ast.IsGenerated(parsed[i]),
			Functions: namer.functionsOf(parsed[i]),
			Types:     typesOf(positions, parsed[i]),
		}
	}
	return files, nil
}
