/** The shapes of the code index as it lies in the site. `src/source/code/` writes them. */

/** `index.json`: which files and symbols are in which shard. Shard n begins with file `first[n]` and symbol `symbols[n]`. */
export interface Root {
  /** The folder of the shards, below that of `index.json`. */
  folder: string
  /** How many files the index knows. */
  files: number
  first: readonly string[]
  symbols: readonly number[]
}

/** `f<n>.json`: what identifiers mean and what is declared, file by file. */
export interface FileShard {
  /** Folders of packages that targets name: `fmt`, `golang.org/x/net@v0.49.0/websocket`. */
  packages: readonly string[]
  files: readonly FileEntry[]
}

/** One file. Its symbols are numbered on from those of the file before. */
export interface FileEntry {
  /** The name in the debug information. */
  file: string
  /** Names of its symbols, with blanks between them; one that begins with a dot belongs to the type above it. */
  names: string
  /** A letter for each symbol. */
  kinds: string
  /** Lines of the symbols' names: each is the difference from the one before. */
  lines: readonly number[]
  /** How many lines the signature goes on for. */
  more: readonly number[]
  /** How many lines of comment stand above it. */
  docs: readonly number[]
  /** What each identifier means, in order; `uses.go` lists the codes. */
  codes: string
  /** A symbol's number; below zero `-1-2p` is package p itself, `-2-2p` something in it. */
  targets: readonly number[]
}

/** `calls` and `mentions`: who does, on which line. `by`: what implements it. `of`: what it implements. */
export type ListKind = 'calls' | 'mentions' | 'by' | 'of'

/** `r<n>.json` and `l<n>.json`: beginnings of lists, and the rest of long ones. */
export interface ListShard {
  /** Numbers of the symbols that lists refer to: each is the difference from the one before. */
  ids: readonly number[]
  names: string
  lines: readonly number[]
  /** The name of a file, how many of the symbols are in it, and so on. */
  files: readonly (string | number)[]
  /** By symbol: how many entries in all, the shard of the rest (-1: none), then entries of two numbers: the place in `ids`, and what the kind says. */
  lists: Partial<Record<ListKind, Readonly<Record<string, readonly number[]>>>>
}
