// The name of what is embedded in a type.
package main

import "go/ast"

// embeddedName is the identifier that names an embedded field: `Store` of `*registry.Store[T]`.
func embeddedName(expression ast.Expr) *ast.Ident {
	switch expression := ast.Unparen(expression).(type) {
	case *ast.StarExpr:
		return embeddedName(expression.X)
	case *ast.SelectorExpr:
		return expression.Sel
	case *ast.IndexExpr:
		return embeddedName(expression.X)
	case *ast.IndexListExpr:
		return embeddedName(expression.X)
	case *ast.Ident:
		return expression
	}
	return ast.NewIdent("_")
}
