// Shards of lists: who calls, who implements. A shard names each symbol once, and its lists refer to them.
package main

import (
	"slices"
	"strings"
)

const (
	// listed is how much of a list stands beside the others: runtime.Object has a thousand types that implement it, and most have a few.
	listed = 40
	// restBytes is where a shard of the rest of long lists ends.
	restBytes = 250_000
)

// ListShard is r<n>.json or l<n>.json.
type ListShard struct {
	// Ids of the symbols that lists refer to; from the second on, the difference from the one before.
	Ids []int `json:"ids"`
	// Names, and Lines on which they are declared, of these symbols.
	Names string `json:"names"`
	Lines []int  `json:"lines"`
	// Files in which they are: the number of symbols after the name of the file.
	Files []any `json:"files"`
	// Lists by kind and symbol: how many entries there are in all, which shard has the rest (-1: none), then the entries,
	// two numbers each: the place in Ids, and a number that depends on the kind.
	Lists map[string]map[int][]int `json:"lists"`
}

// list is the part of a symbol's list that is in one shard.
type list struct {
	kind  string
	of    *symbol
	links []link
	total int
	rest  int
}

func (s *symbol) lists() []list {
	var some []list
	for _, one := range []list{{kind: "calls", links: s.calls}, {kind: "mentions", links: s.mentions}, {kind: "by", links: s.by}, {kind: "of", links: s.of}} {
		if len(one.links) > 0 {
			one.of, one.total, one.rest = s, len(one.links), -1
			some = append(some, one)
		}
	}
	return some
}

// listWriter collects what comes into a shard.
type listWriter struct {
	lists []list
	shown map[*symbol]bool
	bytes int
}

// listShard takes the beginnings of lists, and puts what is left of long ones into the last shard of the rest.
func (o *output) listShard(symbols []*symbol, rest []*listWriter) (*listWriter, []*listWriter) {
	beginnings := &listWriter{shown: map[*symbol]bool{}}
	for _, each := range symbols {
		o.Calls += len(each.calls)
		o.Mentions += len(each.mentions)
		for _, one := range each.lists() {
			if len(one.links) > listed {
				if len(rest) == 0 || rest[len(rest)-1].bytes > restBytes {
					rest = append(rest, &listWriter{shown: map[*symbol]bool{}})
				}
				remainder := one
				remainder.links = one.links[listed:]
				rest[len(rest)-1].add(remainder)
				one.links, one.rest = one.links[:listed], len(rest)-1
			}
			beginnings.add(one)
		}
	}
	return beginnings, rest
}

func (w *listWriter) add(one list) {
	w.lists = append(w.lists, one)
	for _, each := range one.links {
		// About what an entry costs, and a symbol when it is new.
		w.bytes += 8
		if !w.shown[each.to] {
			w.shown[each.to] = true
			w.bytes += 10 + len(each.to.fullName())
		}
	}
}

// shard numbers the symbols and writes the lists by these numbers.
func (w *listWriter) shard() ListShard {
	shard := ListShard{Ids: []int{}, Lines: []int{}, Files: []any{}, Lists: map[string]map[int][]int{}}
	var shown []*symbol
	for one := range w.shown {
		shown = append(shown, one)
	}
	slices.SortFunc(shown, func(a, b *symbol) int { return a.id - b.id })
	places := map[*symbol]int{}
	var names []string
	id := 0
	for at, one := range shown {
		places[one] = at
		names = append(names, one.fullName())
		shard.Ids = append(shard.Ids, one.id-id)
		shard.Lines = append(shard.Lines, one.line)
		id = one.id
		if at == 0 || shown[at-1].file != one.file {
			shard.Files = append(shard.Files, one.file.name, 0)
		}
		shard.Files[len(shard.Files)-1] = shard.Files[len(shard.Files)-1].(int) + 1
	}
	shard.Names = strings.Join(names, " ")
	for _, one := range w.lists {
		numbers := []int{one.total, one.rest}
		for _, each := range one.links {
			numbers = append(numbers, places[each.to], each.number)
		}
		if shard.Lists[one.kind] == nil {
			shard.Lists[one.kind] = map[int][]int{}
		}
		shard.Lists[one.kind][one.of.id] = numbers
	}
	return shard
}
