// Names of functions, by the rules of closureName in cmd/compile/internal/ir/func.go.
package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"slices"

	"followtherequest/source/names"
)

type namer struct {
	positions *token.FileSet
	// found holds what was named so far, by file.
	found map[*ast.File][]Function
	known *knowledge
}

func newNamer(positions *token.FileSet, files []*ast.File) *namer {
	n := &namer{positions: positions, found: map[*ast.File][]Function{}}
	var outside []initializer
	outside, n.known = check(positions, files)
	inits := 0
	for _, file := range files {
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok || function.Body == nil || function.Name.Name == "_" {
				continue
			}
			name := names.Of(function)
			if name == "init" {
				name = fmt.Sprintf("init.%d", inits)
				inits++
			}
			n.add(file, name, ".func", function, function.Type, function.Body)
		}
	}
	// Closures outside functions belong to the package's own `init`, in the order in which variables are initialised.
	count := 0
	for _, variable := range outside {
		n.closures(variable.file, "init", ".func", &count, variable.value)
	}
	for _, functions := range n.found {
		slices.SortFunc(functions, func(a, b Function) int { return cmp.Compare(a.From, b.From) })
	}
	return n
}

// functionsOf never gives nil, which would be printed as null.
func (n *namer) functionsOf(file *ast.File) []Function {
	return append([]Function{}, n.found[file]...)
}

// add notes a function and, named after it, the closures in it.
func (n *namer) add(file *ast.File, name, suffix string, function ast.Node, signature *ast.FuncType, body *ast.BlockStmt) {
	statements := n.statements(body)
	if _, declared := function.(*ast.FuncDecl); declared {
		// Its entry has this line to itself; a closure's shares it with the statement that makes the closure.
		statements = append(statements, n.line(function.Pos()))
	}
	if signature.Results == nil {
		statements = append(statements, n.line(body.Rbrace))
	}
	slices.Sort(statements)
	n.found[file] = append(n.found[file], Function{
		Name:       name,
		From:       n.line(function.Pos()),
		To:         n.line(body.Rbrace),
		Statements: slices.Compact(statements),
	})
	count := 0
	n.closures(file, name, suffix, &count, body)
}

// closures names those that stand directly in the node: func1, func2 in a function, 1, 2 in a closure.
func (n *namer) closures(file *ast.File, outer, suffix string, count *int, node ast.Node) {
	n.known.inspect(node, func(node ast.Node) bool {
		if n.known.isHiddenClosure(node) {
			*count++
		}
		closure, ok := node.(*ast.FuncLit)
		if !ok {
			return true
		}
		*count++
		n.add(file, fmt.Sprintf("%s%s%d", outer, suffix, *count), ".", closure, closure.Type, closure.Body)
		return false
	})
}

// statements gives the lines of the body itself, without the closures in it.
func (n *namer) statements(body *ast.BlockStmt) []int {
	var lines []int
	ast.Inspect(body, func(node ast.Node) bool {
		switch statement := node.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BlockStmt, *ast.EmptyStmt, *ast.LabeledStmt, *ast.BranchStmt, *ast.DeclStmt, *ast.CommClause:
		case *ast.ValueSpec:
			lines = append(lines, n.line(statement.Pos()))
		case ast.Stmt:
			lines = append(lines, n.line(statement.Pos()))
		}
		return true
	})
	return lines
}

// line ignores `//line` comments: readers see the file as it is.
func (n *namer) line(pos token.Pos) int {
	return n.positions.PositionFor(pos, false).Line
}
