// Which types implement which interfaces, and by which methods.
package main

import (
	"cmp"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"
)

// relations of a symbol to others.
type relations struct {
	// calls and mentions: who, on which line.
	calls, mentions []link
	// by: types that implement this interface, methods that implement this interface's method.
	by []link
	// of: interfaces that this type implements, methods of interfaces that this method implements.
	of []link
}

// link is one of them. The number is a line for calls. Of types it says 1 when only the pointer implements the interface; of methods
// how many types get the method from one they embed.
type link struct {
	to     *symbol
	number int
}

type typePair struct{ concrete, abstract *symbol }

// linkImplementers hands types, interfaces and their methods what they are to one another, and counts the pairs of a type and an interface.
func (l *loaded) linkImplementers() int {
	concrete, interfaces := l.candidates()
	byMethod := map[string][]types.Type{}
	for _, one := range concrete {
		for method := range types.NewMethodSet(types.NewPointer(one)).Methods() {
			byMethod[method.Obj().Id()] = append(byMethod[method.Obj().Id()], one)
		}
	}
	pointers := map[typePair]int{}
	embedded := map[typePair]map[*symbol]bool{}
	for _, abstract := range interfaces {
		methods := abstract.Underlying().(*types.Interface)
		for _, one := range rarest(byMethod, methods) {
			pointer, ok := implements(one, methods)
			if !ok {
				continue
			}
			from, to := l.symbolOf(nameOfType(one)), l.symbolOf(nameOfType(abstract))
			if before, ok := pointers[typePair{from, to}]; !ok || pointer < before {
				pointers[typePair{from, to}] = pointer
			}
			for method := range methods.Methods() {
				l.linkMethod(one, from, method, embedded)
			}
		}
	}
	for pair, pointer := range pointers {
		pair.abstract.by = append(pair.abstract.by, link{pair.concrete, pointer})
		pair.concrete.of = append(pair.concrete.of, link{pair.abstract, pointer})
	}
	for pair, heirs := range embedded {
		pair.abstract.by = append(pair.abstract.by, link{pair.concrete, len(heirs)})
		pair.concrete.of = append(pair.concrete.of, link{pair.abstract, len(pair.abstract.calls)})
	}
	for _, unit := range l.units {
		if unit.facts != nil {
			for _, one := range unit.facts.symbols {
				sortLinks(one.by)
				sortLinks(one.of)
			}
		}
	}
	return len(pointers)
}

// linkMethod notes which method stands for an interface's, wherever the type has it from.
func (l *loaded) linkMethod(one types.Type, of *symbol, method *types.Func, found map[typePair]map[*symbol]bool) {
	object, path, _ := types.LookupFieldOrMethod(one, true, method.Pkg(), method.Name())
	if object == nil {
		return
	}
	pair := typePair{l.symbolOf(object), l.symbolOf(method)}
	// A method may come from outside the set, and an interface that embeds the asked one is that very method.
	if pair.concrete == nil || pair.abstract == nil || pair.concrete == pair.abstract {
		return
	}
	if found[pair] == nil {
		found[pair] = map[*symbol]bool{}
	}
	if len(path) > 1 {
		found[pair][of] = true
	}
}

// candidates are all types of the set that may implement something, and all interfaces with methods. Of generic ones those are taken that
// the program makes of them or of what embeds them, and what they are for their own type parameters and for those of other generic types.
func (l *loaded) candidates() (concrete, interfaces []types.Type) {
	var seen typeutil.Map
	var add func(one types.Type)
	add = func(one types.Type) {
		if pointer, ok := one.(*types.Pointer); ok {
			one = pointer.Elem()
		}
		named, ok := types.Unalias(one).(*types.Named)
		if !ok || seen.Set(named, true) != nil || l.symbolOf(named.Obj()) == nil {
			return
		}
		switch under := named.Underlying().(type) {
		case *types.Interface:
			if under.NumMethods() > 0 && under.IsMethodSet() {
				interfaces = append(interfaces, named)
			}
			for embedded := range under.EmbeddedTypes() {
				add(embedded)
			}
		case *types.Struct:
			concrete = append(concrete, named)
			for field := range under.Fields() {
				if field.Embedded() {
					add(field.Type())
				}
			}
		default:
			concrete = append(concrete, named)
		}
	}
	var generic []*types.Named
	for _, unit := range l.units {
		if unit.facts == nil {
			continue
		}
		for _, name := range unit.facts.named {
			if named, ok := name.Type().(*types.Named); ok {
				add(instantiate(named, named.TypeParams()))
				if named.TypeParams().Len() > 0 {
					generic = append(generic, named)
				}
			}
		}
		for _, named := range unit.facts.instances {
			add(named)
		}
	}
	for _, abstract := range generic {
		if types.IsInterface(abstract) {
			for _, one := range generic {
				if one.TypeParams().Len() == abstract.TypeParams().Len() {
					add(instantiate(abstract, one.TypeParams()))
				}
			}
		}
	}
	return concrete, interfaces
}

// instantiate makes of a generic type what it is for type parameters, since one without arguments is no type to compare with.
// One that does not take them stays as it is, and is then like nothing else.
func instantiate(named *types.Named, parameters *types.TypeParamList) types.Type {
	if parameters.Len() == 0 {
		return named
	}
	var arguments []types.Type
	for parameter := range parameters.TypeParams() {
		arguments = append(arguments, parameter)
	}
	instance, err := types.Instantiate(nil, named, arguments, true)
	if err != nil {
		return named
	}
	return instance
}

// rarest gives the types that have the method which fewest have: only they can implement the interface.
func rarest(byMethod map[string][]types.Type, abstract *types.Interface) []types.Type {
	var fewest []types.Type
	for at := range abstract.NumMethods() {
		if some := byMethod[abstract.Method(at).Id()]; at == 0 || len(some) < len(fewest) {
			fewest = some
		}
	}
	return fewest
}

// implements says whether a type does, and 1 when only the pointer to it does.
func implements(one types.Type, abstract *types.Interface) (pointer int, ok bool) {
	if types.Implements(one, abstract) {
		return 0, true
	}
	return 1, types.Implements(types.NewPointer(one), abstract)
}

func nameOfType(one types.Type) *types.TypeName { return one.(*types.Named).Obj() }

// sortLinks puts written code before generated, then goes by the order of files.
func sortLinks(links []link) {
	slices.SortFunc(links, func(a, b link) int {
		return cmp.Or(cmp.Compare(order(a.to.file.generated), order(b.to.file.generated)), cmp.Compare(a.to.id, b.to.id))
	})
}
