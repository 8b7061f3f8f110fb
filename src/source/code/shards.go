// Writes the index as shards: files that a page loads when it needs them.
//
//	index.json  which files and symbols are in which shard
//	f<n>.json   what identifiers mean and what is declared, of the files that follow one another in the order of names
//	r<n>.json   relations of the symbols declared in f<n>.json: the beginning of each list
//	l<n>.json   the rest of long lists
//
// The shapes are those of src/browser/code/shapes.ts.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// shardBytes is where a shard of files ends: about 20 KB compressed.
const shardBytes = 96_000

// Summary is what is printed when all is written.
type Summary struct {
	Files       int `json:"files"`
	Symbols     int `json:"symbols"`
	Identifiers int `json:"identifiers"`
	Calls       int `json:"calls"`
	Mentions    int `json:"mentions"`
	Pairs       int `json:"pairs"`
	Shards      int `json:"shards"`
	Bytes       int `json:"bytes"`
}

// Root is index.json. Each shard's first file and first symbol.
type Root struct {
	Files   int      `json:"files"`
	First   []string `json:"first"`
	Symbols []int    `json:"symbols"`
}

// FileShard is f<n>.json.
type FileShard struct {
	// Packages outside the set, and those that are named, as the debug information names their folders.
	Packages []string    `json:"packages"`
	Files    []FileEntry `json:"files"`
}

// FileEntry is one file. Lines are the differences from one symbol's to the next.
type FileEntry struct {
	File  string `json:"file"`
	Names string `json:"names"`
	Kinds string `json:"kinds"`
	Lines []int  `json:"lines"`
	More  []int  `json:"more"`
	Docs  []int  `json:"docs"`
	Codes string `json:"codes"`
	// Targets: a symbol's number; below zero -1-2p is package p itself, -2-2p something in it.
	Targets []int `json:"targets"`
}

type output struct {
	folder string
	Summary
}

func write(folder string, files []*file, symbols []*symbol, pairs int) (Summary, error) {
	out := &output{folder: folder, Summary: Summary{Files: len(files), Symbols: len(symbols), Pairs: pairs}}
	root := Root{Files: len(files), First: []string{}, Symbols: []int{}}
	var rest []*listWriter
	for start := 0; start < len(files); {
		shard, end := out.fileShard(files, start)
		var own []*symbol
		for _, file := range files[start:end] {
			own = append(own, file.symbols...)
		}
		number := len(root.First)
		root.First = append(root.First, files[start].name)
		root.Symbols = append(root.Symbols, firstID(files[start:], len(symbols)))
		if err := out.json(fmt.Sprintf("f%d.json", number), shard); err != nil {
			return out.Summary, err
		}
		var related *listWriter
		related, rest = out.listShard(own, rest)
		if err := out.json(fmt.Sprintf("r%d.json", number), related.shard()); err != nil {
			return out.Summary, err
		}
		start = end
	}
	for number, shard := range rest {
		if err := out.json(fmt.Sprintf("l%d.json", number), shard.shard()); err != nil {
			return out.Summary, err
		}
	}
	return out.Summary, out.json("index.json", root)
}

func firstID(files []*file, all int) int {
	for _, file := range files {
		if len(file.symbols) > 0 {
			return file.symbols[0].id
		}
	}
	return all
}

// fileShard takes files until the shard is full, and tells where the next begins.
func (o *output) fileShard(files []*file, start int) (shard FileShard, end int) {
	shard.Packages = []string{}
	packages := map[string]int{}
	size := 0
	for end = start; end < len(files) && (size < shardBytes || end == start); end++ {
		entry := entryOf(files[end], func(folder string) int {
			number, ok := packages[folder]
			if !ok {
				number = len(packages)
				packages[folder] = number
				shard.Packages = append(shard.Packages, folder)
			}
			return number
		})
		o.Identifiers += files[end].uses.count
		shard.Files = append(shard.Files, entry)
		text, _ := json.Marshal(entry)
		// A file that would make it much too large begins the next one.
		if end > start && size+len(text) > 2*shardBytes {
			shard.Files = shard.Files[:len(shard.Files)-1]
			o.Identifiers -= files[end].uses.count
			return shard, end
		}
		size += len(text)
	}
	return shard, end
}

func entryOf(of *file, packageNumber func(string) int) FileEntry {
	entry := FileEntry{File: of.name, Codes: string(of.uses.codes), Lines: []int{}, More: []int{}, Docs: []int{}, Targets: []int{}}
	var names []string
	line := 0
	for _, one := range of.symbols {
		name := one.name
		// Its type is the last above it.
		if one.owner != "" {
			name = "." + name
		}
		names = append(names, name)
		entry.Kinds += string(rune(one.kind))
		entry.Lines = append(entry.Lines, one.line-line)
		entry.More = append(entry.More, one.more)
		entry.Docs = append(entry.Docs, one.doc)
		line = one.line
	}
	entry.Names = strings.Join(names, " ")
	for _, target := range of.uses.targets {
		switch {
		case target.symbol != nil:
			entry.Targets = append(entry.Targets, target.symbol.id)
		case target.itself:
			entry.Targets = append(entry.Targets, -1-2*packageNumber(target.outside))
		default:
			entry.Targets = append(entry.Targets, -2-2*packageNumber(target.outside))
		}
	}
	return entry
}

func (o *output) json(name string, content any) error {
	text, err := json.Marshal(content)
	if err != nil {
		return err
	}
	o.Shards++
	o.Bytes += len(text)
	return os.WriteFile(filepath.Join(o.folder, name), text, 0o644)
}
