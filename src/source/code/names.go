// Names of functions as Delve prints them; closures count as the function that they are in. (The list of functions names closures too.)
package main

import "go/ast"

// nameOf gives `Function`, `(*Type).Method`, `Type.Method`, and `[...]` for type parameters.
func nameOf(function *ast.FuncDecl) string {
	if function.Recv == nil {
		if function.Type.TypeParams != nil {
			return function.Name.Name + "[...]"
		}
		return function.Name.Name
	}
	receiver := ast.Unparen(function.Recv.List[0].Type)
	if pointer, ok := receiver.(*ast.StarExpr); ok {
		return "(*" + typeName(pointer.X) + ")." + function.Name.Name
	}
	return typeName(receiver) + "." + function.Name.Name
}

func typeName(expression ast.Expr) string {
	switch expression := ast.Unparen(expression).(type) {
	case *ast.Ident:
		return expression.Name
	case *ast.IndexExpr:
		return typeName(expression.X) + "[...]"
	case *ast.IndexListExpr:
		return typeName(expression.X) + "[...]"
	}
	return "?"
}

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
