// What can be known of types without reading other packages, as far as it decides how the compiler numbers closures.
package main

import (
	"errors"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// initializer is the value of a variable outside functions.
type initializer struct {
	file  *ast.File
	value ast.Expr
}

// knowledge of one package.
type knowledge struct {
	info *types.Info
	// called holds what stands before the parentheses of calls.
	called map[ast.Node]bool
}

// check gives initializers in the order in which the compiler runs them. Imports are not read: what comes from elsewhere
// cannot depend on this package, and so changes nothing about that order.
func check(positions *token.FileSet, files []*ast.File) ([]initializer, *knowledge) {
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Selections: map[*ast.SelectorExpr]*types.Selection{}}
	config := types.Config{Importer: nothing{}, FakeImportC: true, Error: func(error) {}}
	// The error is that imports are missing.
	_, _ = config.Check(files[0].Name.Name, positions, files, info)
	var ordered []initializer
	for _, variable := range info.InitOrder {
		for _, file := range files {
			if file.FileStart <= variable.Rhs.Pos() && variable.Rhs.Pos() < file.FileEnd {
				ordered = append(ordered, initializer{file, variable.Rhs})
			}
		}
	}
	called := map[ast.Node]bool{}
	for _, file := range files {
		ast.Inspect(file, func(node ast.Node) bool {
			if call, ok := node.(*ast.CallExpr); ok {
				called[ast.Unparen(call.Fun)] = true
			}
			return true
		})
	}
	return ordered, &knowledge{info, called}
}

type nothing struct{}

func (nothing) Import(string) (*types.Package, error) { return nil, errors.New("not read") }

// isHiddenClosure finds method values such as `s.run` of a receiver with type parameters: the compiler writes a closure for them.
func (k *knowledge) isHiddenClosure(node ast.Node) bool {
	selector, ok := node.(*ast.SelectorExpr)
	if !ok || k.called[node] {
		return false
	}
	selection := k.info.Selections[selector]
	return selection != nil && selection.Kind() == types.MethodVal && hasTypeParameter(selection.Recv())
}

func hasTypeParameter(receiver types.Type) bool {
	if pointer, ok := receiver.(*types.Pointer); ok {
		receiver = pointer.Elem()
	}
	named, ok := receiver.(*types.Named)
	if !ok {
		return false
	}
	for argument := range named.TypeArgs().Types() {
		if _, ok := argument.(*types.TypeParam); ok {
			return true
		}
	}
	return false
}

// inspect walks as ast.Inspect does, but leaves out branches that the compiler drops since their condition is constant.
func (k *knowledge) inspect(root ast.Node, visit func(ast.Node) bool) {
	ast.Inspect(root, func(node ast.Node) bool {
		branch, ok := node.(*ast.IfStmt)
		if !ok {
			return node == nil || visit(node)
		}
		value := k.info.Types[branch.Cond].Value
		if value == nil || value.Kind() != constant.Bool {
			return true
		}
		if branch.Init != nil {
			k.inspect(branch.Init, visit)
		}
		if constant.BoolVal(value) {
			k.inspect(branch.Body, visit)
		} else if branch.Else != nil {
			k.inspect(branch.Else, visit)
		}
		return false
	})
}
