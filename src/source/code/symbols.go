// What a package declares that can be meant from elsewhere: functions, methods, types, fields, variables, constants.
package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"followtherequest/source/names"
)

// Kinds of symbols, one letter each: they are shipped as they are.
const (
	aFunction         = 'f'
	aMethod           = 'm'
	anInterfaceMethod = 'a'
	anInterface       = 'i'
	aType             = 't'
	aField            = 's'
	aVariable         = 'v'
	aConstant         = 'c'
)

// symbol is one such thing.
type symbol struct {
	file *file
	// id counts through all files, in the order of their names.
	id   int
	kind byte
	// name as Delve prints it for functions: `(*store).Create`, `Map[...]`.
	name string
	// owner is the type whose field or interface method it is; empty for those of a type without a name.
	owner string
	// line of its name; its signature goes on for `more` lines, and `doc` lines of comment stand above it.
	line, more, doc int
	relations
}

// fullName is the name with its type's, for fields and methods of interfaces: `Interface.Create`.
func (s *symbol) fullName() string {
	if s.owner == "" {
		return s.name
	}
	return s.owner + "." + s.name
}

// file is one file of the set.
type file struct {
	name      string
	generated bool
	symbols   []*symbol
	uses      uses
}

// facts are what is kept of a package of the set.
type facts struct {
	files   []*file
	symbols map[types.Object]*symbol
	sites   []site
	// named are its own types; instances what generic types of the set became in it.
	named     []*types.TypeName
	instances []*types.Named
}

// gather writes down what is asked of a package.
func (l *loaded) gather(u *unit, texts map[*ast.File][]byte, files []*ast.File, info *types.Info) *facts {
	f := &facts{symbols: map[types.Object]*symbol{}}
	u.facts = f
	inits := 0
	made := map[*ast.File]*file{}
	for _, syntax := range files {
		if _, ok := texts[syntax]; !ok {
			continue
		}
		one := &file{name: l.names[l.positions.File(syntax.FileStart).Name()], generated: ast.IsGenerated(syntax)}
		made[syntax] = one
		f.files = append(f.files, one)
		d := declarations{program: l, facts: f, file: one, info: info, inits: &inits}
		d.all(syntax)
	}
	for syntax, one := range made {
		one.uses = l.usesOf(u, one, syntax, texts[syntax], info)
		f.sites = append(f.sites, l.sitesOf(syntax, info)...)
	}
	for _, instance := range info.Instances {
		if named, ok := instance.Type.(*types.Named); ok {
			f.instances = append(f.instances, named)
		}
	}
	return f
}

// declarations collects the symbols of one file.
type declarations struct {
	program *loaded
	facts   *facts
	file    *file
	info    *types.Info
	inits   *int
	// owner is the type in whose declaration we are, as far as this position.
	owner    string
	ownerEnd token.Pos
}

func (d *declarations) all(syntax *ast.File) {
	for _, declaration := range syntax.Decls {
		switch declaration := declaration.(type) {
		case *ast.FuncDecl:
			d.function(declaration)
		case *ast.GenDecl:
			for _, spec := range declaration.Specs {
				if value, ok := spec.(*ast.ValueSpec); ok {
					d.values(declaration, value)
				}
			}
		}
		// Types may be declared in functions too, and fields belong to types without a name.
		ast.Inspect(declaration, d.typesIn)
	}
	slices.SortFunc(d.file.symbols, func(a, b *symbol) int { return a.id - b.id })
}

func (d *declarations) typesIn(node ast.Node) bool {
	switch node := node.(type) {
	case *ast.GenDecl:
		for _, spec := range node.Specs {
			if spec, ok := spec.(*ast.TypeSpec); ok {
				doc := spec.Doc
				if !node.Lparen.IsValid() {
					doc = node.Doc
				}
				d.typeName(spec, doc)
			}
		}
	case *ast.TypeSpec:
		d.owner, d.ownerEnd = node.Name.Name, node.End()
	case *ast.StructType:
		for _, field := range node.Fields.List {
			names := field.Names
			if len(names) == 0 {
				names = []*ast.Ident{embeddedName(field.Type)}
			}
			for _, name := range names {
				d.add(name, aField, name.Name, field.Type.End(), field.Doc)
			}
		}
	case *ast.InterfaceType:
		for _, method := range node.Methods.List {
			for _, name := range method.Names {
				d.add(name, anInterfaceMethod, name.Name, method.Type.End(), method.Doc)
			}
		}
	}
	return true
}

func (d *declarations) function(function *ast.FuncDecl) {
	kind, name := byte(aFunction), names.Of(function)
	if function.Recv != nil {
		kind = aMethod
	} else if name == "init" {
		name = fmt.Sprintf("init.%d", *d.inits)
		*d.inits++
	}
	d.add(function.Name, kind, name, function.Type.End(), function.Doc)
}

func (d *declarations) typeName(spec *ast.TypeSpec, doc *ast.CommentGroup) {
	object := d.info.Defs[spec.Name]
	kind := byte(aType)
	if object != nil && types.IsInterface(object.Type()) {
		kind = anInterface
	}
	d.add(spec.Name, kind, spec.Name.Name, spec.End(), doc)
	if name, ok := object.(*types.TypeName); ok && !name.IsAlias() {
		d.facts.named = append(d.facts.named, name)
	}
}

func (d *declarations) values(group *ast.GenDecl, spec *ast.ValueSpec) {
	kind := byte(aVariable)
	if group.Tok == token.CONST {
		kind = aConstant
	}
	doc := spec.Doc
	if !group.Lparen.IsValid() {
		doc = group.Doc
	}
	for _, name := range spec.Names {
		end := name.End()
		if spec.Type != nil {
			end = spec.Type.End()
		}
		d.add(name, kind, name.Name, end, doc)
	}
}

// add notes the symbol that an identifier declares. Until all files are known its place in the file is its number.
func (d *declarations) add(name *ast.Ident, kind byte, called string, end token.Pos, doc *ast.CommentGroup) {
	object := d.info.Defs[name]
	if object == nil {
		return
	}
	line := d.program.line(name.Pos())
	one := &symbol{file: d.file, id: int(name.Pos()), kind: kind, name: called, line: line, more: d.program.line(end) - line}
	if doc != nil && d.program.line(doc.End()-1) == line-1 {
		one.doc = line - d.program.line(doc.Pos())
	}
	if (kind == aField || kind == anInterfaceMethod) && name.Pos() < d.ownerEnd {
		one.owner = d.owner
	}
	d.file.symbols = append(d.file.symbols, one)
	d.facts.symbols[object] = one
}

// line ignores `//line` comments: readers see the file as it is.
func (l *loaded) line(pos token.Pos) int {
	return l.positions.PositionFor(pos, false).Line
}

// number gives the files in the order of their names, and their symbols, numbered.
func (l *loaded) number() (files []*file, symbols []*symbol) {
	for _, unit := range l.units {
		if unit.facts != nil {
			files = append(files, unit.facts.files...)
		}
	}
	slices.SortFunc(files, func(a, b *file) int { return strings.Compare(a.name, b.name) })
	for _, file := range files {
		for _, one := range file.symbols {
			one.id = len(symbols)
			symbols = append(symbols, one)
		}
	}
	return files, symbols
}

// symbolOf gives the symbol that an object is, the generic one for an instance; nil when it is local or outside the set.
func (l *loaded) symbolOf(object types.Object) *symbol {
	switch instance := object.(type) {
	case *types.Func:
		object = instance.Origin()
	case *types.Var:
		object = instance.Origin()
	}
	owner := l.ownerOf(object)
	if owner == nil || owner.facts == nil {
		return nil
	}
	return owner.facts.symbols[object]
}
