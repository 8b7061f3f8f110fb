/** The `<Erratum>` rows of a chapter's text: which commands of the founding text they answer, which step proves them, which one works. */
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Chapter } from './book.ts'
import { BookError } from './book-error.ts'
import type { Step, Walk } from './walk.ts'

/** One row. `step` and `works` are `walk/step` of the same chapter, or `chapter/walk/step` for `works`. */
export interface Row {
  seeds: string[]
  /** The step that types what the row says does not work. */
  step: string
  /** The step that works. */
  works: string | null
  /** `content/…/index.mdx:12`. */
  where: string
}

/** The rows in the text of `chapter`, in order. Throws BookError when one has no `step`, or names one that is not there. */
export async function rowsOf(chapter: Pick<Chapter, 'directory' | 'walks'>): Promise<Row[]> {
  const file = join(chapter.directory, 'index.mdx')
  const text = await readFile(file, 'utf8')
  return [...text.matchAll(/<Erratum\b([^>]*)>/g)].map((match) => {
    const where = `${relative('', file)}:${text.slice(0, match.index).split('\n').length}`
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(match[1] ?? '')?.[1] ?? null
    const step = attribute('step')
    if (step === null) throw new BookError('An Erratum without a step that proves it.', where, 'give it `step="walk/step"`.')
    stepNamed(chapter, step, where)
    return { seeds: attribute('seed')?.split(/\s+/) ?? [], step, works: attribute('works'), where }
  })
}

/** The step that `path`, `walk/step`, names. Throws BookError with the candidates. */
export function stepNamed({ walks }: Pick<Chapter, 'walks'>, path: string, where: string): { walk: Walk; step: Step } {
  const [first, second] = path.split('/')
  const walk = walks.find(({ id }) => id === first)
  const step = walk?.steps.find(({ id }) => id === second)
  if (walk && step) return { walk, step }
  const known = walks.flatMap((one) => one.steps.map(({ id }) => `${one.id}/${id}`))
  throw new BookError(`There is no step "${path}".`, where, `name one of: ${known.join(', ')}.`)
}
