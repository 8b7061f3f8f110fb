// Type-checks the program package by package. Syntax is dropped as soon as what is asked of it is written down, which keeps memory low.
package main

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/tools/go/packages"
)

// unit is one package of the program.
type unit struct {
	meta *packages.Package
	// name is how the debug information names its folder: `k8s.io/api@v0.36.3/core/v1`, `fmt`.
	name  string
	types *types.Package
	// facts are what is known of a package of the set; nil for others.
	facts *facts
	err   error
	done  chan struct{}
}

// loaded is the whole program.
type loaded struct {
	positions *token.FileSet
	// names of the files of the set, by path.
	names map[string]string
	units map[*packages.Package]*unit
	// owners finds a type's package again; written while packages are checked.
	owners sync.Map
}

const metadata = packages.NeedName | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps | packages.NeedModule | packages.NeedTypesSizes

// load checks every package that root, a package of the module, is made of, dependencies first. An error in a file of the set is an error.
func load(module, root string, names map[string]string, progress func(done, all int)) (*loaded, error) {
	roots, err := packages.Load(&packages.Config{Mode: metadata, Dir: module}, root)
	if err != nil {
		return nil, err
	}
	program := &loaded{positions: token.NewFileSet(), names: names, units: map[*packages.Package]*unit{}}
	var failures []error
	packages.Visit(roots, nil, func(meta *packages.Package) {
		program.units[meta] = &unit{meta: meta, name: debugFolder(meta), done: make(chan struct{})}
		for _, failure := range meta.Errors {
			failures = append(failures, failure)
		}
	})
	if len(failures) > 0 {
		return nil, errors.Join(failures...)
	}
	// A package waits for what it imports before it takes one of the few places to work in.
	places := make(chan struct{}, runtime.GOMAXPROCS(0))
	finished := make(chan *unit)
	for _, each := range program.units {
		go func() {
			for _, imported := range each.meta.Imports {
				<-program.units[imported].done
			}
			places <- struct{}{}
			each.err = program.check(each)
			<-places
			close(each.done)
			finished <- each
		}()
	}
	for done := range len(program.units) {
		failures = append(failures, (<-finished).err)
		progress(done+1, len(program.units))
	}
	return program, errors.Join(failures...)
}

// debugFolder is what `-trimpath` makes of a package's folder.
func debugFolder(meta *packages.Package) string {
	if meta.Module == nil || meta.Module.Version == "" {
		return meta.PkgPath
	}
	return meta.Module.Path + "@" + meta.Module.Version + meta.PkgPath[len(meta.Module.Path):]
}

// check finds the types of a package, and for one of the set the facts.
func (l *loaded) check(u *unit) error {
	if u.meta.PkgPath == "unsafe" {
		u.types = types.Unsafe
		return nil
	}
	texts, files, wanted, err := l.parse(u.meta.CompiledGoFiles)
	if err != nil {
		return err
	}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}, Instances: map[*ast.Ident]types.Instance{}}
	config := types.Config{
		Importer: imports{l, u},
		Sizes:    u.meta.TypesSizes,
		// Of other packages only what they export is asked for.
		IgnoreFuncBodies: !wanted,
	}
	if u.meta.Module != nil && u.meta.Module.GoVersion != "" {
		config.GoVersion = "go" + u.meta.Module.GoVersion
	}
	u.types, err = config.Check(u.meta.PkgPath, l.positions, files, info)
	if err != nil {
		return fmt.Errorf("%s: %w", u.name, err)
	}
	l.owners.Store(u.types, u)
	if wanted {
		u.facts = l.gather(u, texts, files, info)
	}
	return nil
}

// parse reads files; those outside the set lose the bodies of their functions. The texts are of files of the set only.
func (l *loaded) parse(paths []string) (texts map[*ast.File][]byte, files []*ast.File, wanted bool, err error) {
	texts = map[*ast.File][]byte{}
	// The order of the compiler, by which `init` functions are numbered.
	for _, path := range slices.SortedFunc(slices.Values(paths), func(a, b string) int { return cmp.Compare(filepath.Base(a), filepath.Base(b)) }) {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, nil, false, err
		}
		file, err := parser.ParseFile(l.positions, path, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, nil, false, err
		}
		files = append(files, file)
		if _, ok := l.names[path]; ok {
			texts[file] = text
		}
	}
	return texts, files, len(texts) > 0, nil
}

// imports hands a package what it imports, which is checked by then.
type imports struct {
	program *loaded
	of      *unit
}

func (i imports) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	meta, ok := i.of.meta.Imports[path]
	if !ok {
		return nil, fmt.Errorf("%s imports %s, of which Go's list says nothing", i.of.name, path)
	}
	unit := i.program.units[meta]
	if unit.types == nil {
		return nil, fmt.Errorf("%s could not be checked", unit.name)
	}
	return unit.types, nil
}

// ownerOf gives the package of an object; nil for what the language itself declares.
func (l *loaded) ownerOf(object types.Object) *unit {
	if object.Pkg() == nil {
		return nil
	}
	if owner, ok := l.owners.Load(object.Pkg()); ok {
		return owner.(*unit)
	}
	return nil
}
