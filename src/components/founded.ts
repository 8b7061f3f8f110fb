/** What a row of "You may have read" shows: the printed command, what came of it, and the step that works. */
import type { Chapter } from '../book/book.ts'
import { BookError } from '../book/book-error.ts'
import { loadFounding } from '../book/founding.ts'
import { loadBook } from '../book/load.ts'
import { stepNamed } from '../book/rows.ts'
import { address } from './address.ts'

export interface Shown {
  read: string[]
  /** The tool's own words; long ones are cut. */
  said: string
  instead: { href: string; words: string } | null
}

/** Characters of a tool's words; they are there in full in the step's recording. */
const MOST = 420

/** Throws BookError when a step or a command is not there. */
export async function founded(chapter: Chapter, row: { step: string; seed?: string | undefined; works?: string | undefined }): Promise<Shown> {
  const where = `${chapter.directory}/index.mdx`
  const { walk, step } = stepNamed(chapter, row.step, where)
  const recorded = chapter.recording?.walks.find(({ id }) => id === walk.id)?.steps.find(({ id }) => id === step.id)
  return {
    read: row.seed ? await printed(row.seed.split(/\s+/), where) : [recorded?.typed ?? step.type],
    said: short(recorded?.said || 'nothing'),
    instead: row.works ? await working(chapter, row.works, where) : null,
  }
}

async function printed(ids: readonly string[], where: string): Promise<string[]> {
  const all = await loadFounding('content')
  const texts = ids.map((id) => {
    const text = all.find((entry) => entry.id === id)?.text
    if (text === undefined) throw new BookError(`There is no command "${id}".`, where, 'name one of content/founding.yaml.')
    return text
  })
  // The founding text prints some commands in several places.
  return [...new Set(texts)]
}

async function working(chapter: Chapter, path: string, where: string): Promise<Shown['instead']> {
  const parts = path.split('/')
  const other = parts.length === 3 ? (await loadBook('content')).chapters.find(({ id }) => id === parts[0]) : chapter
  if (!other) throw new BookError(`There is no chapter "${parts[0]}".`, where, 'name the step as walk/step or chapter/walk/step.')
  const { walk, step } = stepNamed(other, parts.slice(-2).join('/'), where)
  const number = walk.steps.indexOf(step) + 1
  const page = other === chapter ? '' : address(`${other.id}/`)
  const of = other === chapter ? `Step ${number}` : `“${other.title}”, step ${number}`
  return { href: `${page}#${walk.id}-${step.id}`, words: `${of}: ${step.title}` }
}

function short(said: string): string {
  return said.length > MOST ? `${said.slice(0, MOST)} …` : said
}
