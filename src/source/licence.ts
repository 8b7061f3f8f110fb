/** Names licences by their texts. */
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { PinnedFile } from './pinned-files.ts'

/** Sentences that only one licence has, or one family; a file may hold several licences. */
const SIGNS: readonly (readonly [name: string, sign: RegExp])[] = [
  ['Apache 2.0', /Apache License,?\s+Version 2\.0/],
  ['MPL 2.0', /Mozilla Public License,? [Vv]ersion 2\.0/],
  ['MIT', /Permission is hereby granted, free of charge/],
  ['ISC', /Permission to use, copy, modify, and(?:\/or)? distribute/],
  ['CC BY-SA 4.0', /Attribution-ShareAlike 4\.0/],
]
const BSD = /Redistribution and use in source and binary forms/
const BSD_THIRD_CLAUSE = /used to endorse or promote/

/** File names that carry a licence, and those that carry notices which go with it. */
const LICENCE = /^licen[cs]e(?:[.-].*)?$/i
const NOTICE = /^(?:notice|copying|copyright|patents|authors)(?:[.-].*)?$/i

/** A folder with licences in it: their names joined, and the files to pass on. */
export interface LicenceFolder {
  directory: string
  name: string
  texts: readonly string[]
}

const folders = new Map<string, Promise<LicenceFolder | null>>()

/** The licence that stands nearest above a file, within its module: forked packages carry their own. Throws when there is none. */
export async function licenceOf(file: PinnedFile): Promise<LicenceFolder> {
  for (let directory = dirname(file.path); directory.length >= file.directory.length; directory = dirname(directory)) {
    const found = folders.get(directory) ?? readFolder(directory)
    folders.set(directory, found)
    const licence = await found
    if (licence) return licence
  }
  throw new Error(`${file.module} ${file.version} has no licence file in ${file.directory}: its source may not be shown. Take it out of the pins.`)
}

async function readFolder(directory: string): Promise<LicenceFolder | null> {
  const entries = await readdir(directory, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile() && !/\.(?:go|docs)$/.test(entry.name)).map((entry) => entry.name)
  const licences = names.filter((name) => LICENCE.test(name)).sort()
  if (licences.length === 0) return null
  const read = (name: string) => readFile(join(directory, name), 'utf8')
  const texts = await Promise.all(licences.map(read))
  const notices = await Promise.all(
    names
      .filter((name) => NOTICE.test(name))
      .sort()
      .map(read),
  )
  return { directory, name: licenceName(texts.join('\n'), directory), texts: [...texts, ...notices] }
}

/** The common name of the licences in a text: `Apache 2.0`, `BSD 3-Clause and MPL 2.0`. Throws when it holds none that is known. */
export function licenceName(text: string, where: string): string {
  const words = text.replace(/\s+/g, ' ')
  const names = SIGNS.filter(([, sign]) => sign.test(words)).map(([name]) => name)
  if (BSD.test(words)) names.push(BSD_THIRD_CLAUSE.test(words) ? 'BSD 3-Clause' : 'BSD 2-Clause')
  if (names.length === 0) throw new Error(`The licence in ${where} is not known by its text: read it, and add it to SIGNS in src/source/licence.ts.`)
  return names.join(' and ')
}
