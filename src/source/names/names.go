// Package names has the names of declared functions as Delve prints them. What the list of functions and the index of the code call a function must be one.
package names

import "go/ast"

// Of gives `Function`, `(*Type).Method`, `Type.Method`, and `[...]` for type parameters.
func Of(function *ast.FuncDecl) string {
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
