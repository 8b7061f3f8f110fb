/** A code index on disk, asked as a page asks it, and places in files given by their text. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CodeIndex, type Found, type Relation } from '../../src/browser/code/code-index.ts'
import type { CodeSymbol } from '../../src/browser/code/symbols.ts'

/** Where an index of a test is said to lie in a site. */
const SITE = 'http://site.test/'

/** An open index: the real class, with files of the disk in the place of a site. */
export interface OpenIndex {
  index: CodeIndex
  /** Names of shards in the order in which they were loaded. */
  loaded: string[]
  /** What the identifier in white brackets means: `err := s.⟦prepareKey⟧(key)` is text of exactly one line. */
  at(file: string, text: string): Promise<Found | null>
  /** That, as `file:line` of the definition, or in words. */
  definition(file: string, text: string): Promise<string>
  symbol(file: string, name: string): Promise<CodeSymbol>
  /** All rows of a list as `name file:line`. */
  list(file: string, name: string, relation: Relation): Promise<string[]>
}

/** Opens the index in `folder`. `paths` are the files by name. */
export function openIndex(folder: string, paths: ReadonlyMap<string, string>): OpenIndex {
  const loaded: string[] = []
  const fromDisk = async (address: string | URL | Request) => {
    const name = String(address)
      .slice(`${SITE}source/code/`.length)
      .replace(/^shards\//, '')
    const text = await readFile(join(folder, name), 'utf8').catch(() => null)
    if (text === null) return new Response('', { status: 404 })
    loaded.push(name)
    return new Response(name === 'index.json' ? JSON.stringify({ folder: 'shards', ...JSON.parse(text) }) : text)
  }
  const textOf = async (file: string) => {
    const path = paths.get(file)
    if (path === undefined) throw new Error(`${file} is not among the files of the test.`)
    const lines = (await readFile(path, 'utf8')).split('\n')
    if (lines.at(-1) === '') lines.pop()
    return lines
  }
  const index = new CodeIndex({ site: SITE, textOf, fetch: fromDisk })
  const at = async (file: string, text: string) => {
    const [before = '', name = '', after = ''] = text.split(/[⟦⟧]/)
    const lines = (await textOf(file)).flatMap((line, number) => (line.includes(before + name + after) ? [{ line, number: number + 1 }] : []))
    const [only] = lines
    if (lines.length !== 1 || !only) throw new Error(`"${before}${name}${after}" is on ${lines.length} lines of ${file}.`)
    return await index.at(file, only.number, only.line.indexOf(before + name + after) + before.length)
  }
  const symbol = async (file: string, name: string) => {
    const found = (await index.symbols(file)).find((one) => one.name === name)
    if (!found) throw new Error(`${file} declares no ${name}.`)
    return found
  }
  return {
    index,
    loaded,
    at,
    symbol,
    async definition(file, text) {
      const found = await at(file, text)
      if (!found) return 'nothing'
      if (found.is === 'package') return `package ${found.folder}`
      if (found.is === 'outside') return `outside: ${found.folder}`
      const place = index.definition(file, found)
      return `${place?.file}:${place?.line}`
    },
    async list(file, name, relation) {
      const one = await symbol(file, name)
      const all = (await index.counts(one))[relation]
      const rows = await index.rows(one, relation, 0, all)
      if (rows.length !== all) throw new Error(`${name} has ${all} of ${relation}, and ${rows.length} rows.`)
      return rows.map(({ name, file, line, pointer }) => `${pointer ? '*' : ''}${name} ${file}:${line}`)
    },
  }
}
