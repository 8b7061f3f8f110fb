/** The `<Excerpt>`s of a chapter's text. */
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Chapter } from './book.ts'
import { BookError } from './book-error.ts'

/** What one excerpt shows; `from` and `to` are texts of its first and last line. */
export interface ExcerptInText {
  module: string
  file: string
  function: string
  from: string | null
  to: string | null
  /** `content/…/index.mdx:12`. */
  where: string
}

/** The excerpts in the text of `chapter`, in order. Throws BookError when one does not say what it shows. */
export async function excerptsOf({ directory }: Pick<Chapter, 'directory'>): Promise<ExcerptInText[]> {
  const path = join(directory, 'index.mdx')
  const text = await readFile(path, 'utf8')
  return [...text.matchAll(/<Excerpt\b((?:"[^"]*"|'[^']*'|\{`[^`]*`\}|[^>])*?)\/>/g)].map((match) => {
    const where = `${relative('', path)}:${text.slice(0, match.index).split('\n').length}`
    const attributes = new Map(
      [...(match[1] ?? '').matchAll(/\b(\w+)=(?:"([^"]*)"|'([^']*)'|\{`([^`]*)`\})/g)].map(([, name, ...values]) => [
        name,
        values.find((value) => value !== undefined),
      ]),
    )
    const required = (name: string) => {
      const value = attributes.get(name)
      if (value === undefined) throw new BookError(`An Excerpt without \`${name}\`.`, where, `give it \`${name}="..."\`.`)
      return value
    }
    return {
      module: required('module'),
      file: required('file'),
      function: required('function'),
      from: attributes.get('from') ?? null,
      to: attributes.get('to') ?? null,
      where,
    }
  })
}
