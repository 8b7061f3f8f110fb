// Who calls a function, and who only mentions it: hands it on, keeps it, compares it with nil.
package main

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
)

// site is a place where a function stands, or a variable or field that holds one.
type site struct {
	// at is what is called, by the function (or variable with a value) in.
	at, in *symbol
	line   int
	// mention: it is not called there.
	mention bool
}

// sitesOf finds the sites in a file. A call in a closure is one of the function around it.
func (l *loaded) sitesOf(syntax *ast.File, info *types.Info) []site {
	called := map[*ast.Ident]bool{}
	ast.Inspect(syntax, func(node ast.Node) bool {
		if call, ok := node.(*ast.CallExpr); ok {
			if name := calledName(call.Fun); name != nil {
				called[name] = true
			}
		}
		return true
	})
	var found []site
	collect := func(in *ast.Ident, node ast.Node) {
		caller := l.symbolOf(info.Defs[in])
		if caller == nil {
			return
		}
		ast.Inspect(node, func(node ast.Node) bool {
			name, ok := node.(*ast.Ident)
			if !ok || !holdsFunction(info.Uses[name]) {
				return true
			}
			if at := l.symbolOf(info.Uses[name]); at != nil {
				found = append(found, site{at: at, in: caller, line: l.line(name.Pos()), mention: !called[name]})
			}
			return true
		})
	}
	for _, declaration := range syntax.Decls {
		switch declaration := declaration.(type) {
		case *ast.FuncDecl:
			collect(declaration.Name, declaration)
		case *ast.GenDecl:
			for _, spec := range declaration.Specs {
				if spec, ok := spec.(*ast.ValueSpec); ok {
					for at, value := range spec.Values {
						collect(spec.Names[min(at, len(spec.Names)-1)], value)
					}
				}
			}
		}
	}
	return found
}

// calledName is the identifier that names what a call calls: `Create` of `s.Create(…)`, `Map` of `slices.Map[int](…)`.
func calledName(function ast.Expr) *ast.Ident {
	switch function := ast.Unparen(function).(type) {
	case *ast.Ident:
		return function
	case *ast.SelectorExpr:
		return function.Sel
	case *ast.IndexExpr:
		return calledName(function.X)
	case *ast.IndexListExpr:
		return calledName(function.X)
	}
	return nil
}

// holdsFunction says whether an object is a function or a variable of a function type.
func holdsFunction(object types.Object) bool {
	switch object := object.(type) {
	case *types.Func:
		return true
	case *types.Var:
		_, ok := object.Type().Underlying().(*types.Signature)
		return ok
	}
	return false
}

// linkCalls hands each symbol its sites: calls before mentions, written code before generated, then in the order of files.
func (l *loaded) linkCalls() {
	var all []site
	for _, unit := range l.units {
		if unit.facts != nil {
			all = append(all, unit.facts.sites...)
			unit.facts.sites = nil
		}
	}
	slices.SortFunc(all, func(a, b site) int {
		return cmp.Or(
			cmp.Compare(order(a.mention), order(b.mention)),
			cmp.Compare(order(a.in.file.generated), order(b.in.file.generated)),
			cmp.Compare(a.in.id, b.in.id),
			cmp.Compare(a.line, b.line),
		)
	})
	for _, one := range all {
		if one.mention {
			one.at.mentions = append(one.at.mentions, link{to: one.in, number: one.line})
		} else {
			one.at.calls = append(one.at.calls, link{to: one.in, number: one.line})
		}
	}
}

func order(late bool) int {
	if late {
		return 1
	}
	return 0
}
