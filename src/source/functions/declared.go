// Types that a file declares outside functions, for its outline.
package main

import (
	"go/ast"
	"go/token"
)

// Type is one declared type.
type Type struct {
	Name string `json:"name"`
	// Kind is `interface`, `struct`, `alias`, or `type` for all others.
	Kind string `json:"kind"`
	// From and To are the first and the last line, without the comment above.
	From int `json:"from"`
	To   int `json:"to"`
	// Methods are those that an interface names itself, not what it embeds.
	Methods []Method `json:"methods"`
}

// Method is one method of an interface.
type Method struct {
	Name string `json:"name"`
	Line int    `json:"line"`
}

// typesOf never gives nil, which would be printed as null.
func typesOf(positions *token.FileSet, file *ast.File) []Type {
	found := []Type{}
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok || general.Tok != token.TYPE {
			continue
		}
		for _, spec := range general.Specs {
			spec := spec.(*ast.TypeSpec)
			// The keyword belongs to the type, unless several stand in its parentheses.
			from := spec.Pos()
			if !general.Lparen.IsValid() {
				from = general.Pos()
			}
			found = append(found, Type{
				Name:    spec.Name.Name,
				Kind:    kindOf(spec),
				From:    positions.PositionFor(from, false).Line,
				To:      positions.PositionFor(spec.End(), false).Line,
				Methods: methodsOf(positions, spec),
			})
		}
	}
	return found
}

func kindOf(spec *ast.TypeSpec) string {
	if spec.Assign.IsValid() {
		return "alias"
	}
	switch ast.Unparen(spec.Type).(type) {
	case *ast.InterfaceType:
		return "interface"
	case *ast.StructType:
		return "struct"
	}
	return "type"
}

func methodsOf(positions *token.FileSet, spec *ast.TypeSpec) []Method {
	found := []Method{}
	contract, ok := ast.Unparen(spec.Type).(*ast.InterfaceType)
	if !ok {
		return found
	}
	for _, field := range contract.Methods.List {
		for _, name := range field.Names {
			found = append(found, Method{Name: name.Name, Line: positions.PositionFor(name.Pos(), false).Line})
		}
	}
	return found
}
