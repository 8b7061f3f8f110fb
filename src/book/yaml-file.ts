/** Reads a YAML file into a checked shape, and knows on which line each part of it stands. `yaml` was chosen because it keeps the places of its nodes. */
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { BookError } from './book-error.ts'

type Path = readonly (string | number)[]

export interface YamlFile<Shape> {
  data: Shape
  /** Where the part at `path` is written, as `content/…/walks.yaml:12`; the nearest part around it when there is none. */
  where(path: Path): string
}

interface Parsed {
  text: string
  document: Document.Parsed
  lines: LineCounter
}

/** What each file was parsed to. A site build asks for the book once for each of its walks: without this, parsing was two fifths of its time. */
const parses = new Map<string, Parsed>()

function parsed(file: string, text: string): Parsed {
  const known = parses.get(file)
  if (known?.text === text) return known
  const lines = new LineCounter()
  const made = { text, document: parseDocument(text, { lineCounter: lines }), lines }
  parses.set(file, made)
  return made
}

/** Reads and checks `file`. Throws BookError with the line when it is missing, is not YAML or does not fit `shape`. */
export async function readYaml<Schema extends z.ZodType>(file: string, shape: Schema): Promise<YamlFile<z.infer<Schema>>> {
  const name = relative('', file)
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new BookError(`There is no ${name}.`, name, 'write it; CONTRIBUTING.md says what belongs into it.', { cause })
  })
  const { document, lines } = parsed(file, text)
  const [broken] = document.errors
  if (broken) {
    throw new BookError(`This is not YAML: ${broken.message.split('\n')[0]}`, `${name}:${broken.linePos?.[0].line ?? 1}`, 'mend the line.', {
      cause: broken,
    })
  }
  const where = (path: Path): string => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true)
      if (isNode(node) && node.range) return `${name}:${lines.linePos(node.range[0]).line}`
    }
    return `${name}:1`
  }
  const checked = shape.safeParse(document.toJS())
  if (checked.success) return { data: checked.data, where }
  const [issue] = checked.error.issues
  const path = (issue?.path ?? []).map((key) => (typeof key === 'symbol' ? String(key) : key))
  const at = issue?.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path
  throw new BookError(`${path.join('.') || 'The file'}: ${issue?.message}`, where(at), 'write it as the shapes in src/book say.', {
    cause: checked.error,
  })
}
