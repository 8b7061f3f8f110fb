/** The commands of the text this book was founded on, and which of them a chapter answers where. */
import { join, relative } from 'node:path'
import { z } from 'zod'
import type { Book, Chapter } from './book.ts'
import { BookError } from './book-error.ts'
import { type Row, rowsOf } from './rows.ts'
import { readYaml } from './yaml-file.ts'

/** One command of the founding text, as it was printed. */
export const Founding = z.strictObject({ id: z.string().regex(/^seed-\d\d-\d\d$/), section: z.string(), text: z.string().min(1) })
export type Founding = z.infer<typeof Founding>

/** A command, and the places that answer it: steps as `chapter/walk/step`, rows as `content/…/index.mdx:12`. */
export interface Answered extends Founding {
  answers: string[]
}

/** All commands in their order. Throws BookError. */
export async function loadFounding(content: string): Promise<Founding[]> {
  const { data, where } = await readYaml(join(content, 'founding.yaml'), z.array(Founding).min(1))
  for (const [at, { id }] of data.entries()) {
    const first = data.findIndex((entry) => entry.id === id)
    if (first < at) throw new BookError(`The id "${id}" is taken at ${where([first])}.`, where([at]), 'give one of them another id.')
  }
  return data
}

/** Every command with what answers it. Throws BookError when a step or a row names a command that is not there. */
export async function answersOf(content: string, { chapters }: Pick<Book, 'chapters'>): Promise<Answered[]> {
  const all = new Map((await loadFounding(content)).map((entry) => [entry.id, { ...entry, answers: [] as string[] }]))
  const answer = (id: string, by: string, where: string) => {
    const entry = all.get(id)
    if (!entry) throw new BookError(`There is no command "${id}".`, where, `name one of ${relative('', join(content, 'founding.yaml'))}.`)
    entry.answers.push(by)
  }
  for (const chapter of chapters) {
    for (const { id, by, where } of [...byStep(chapter), ...byRow(await rowsOf(chapter))]) answer(id, by, where)
  }
  return [...all.values()]
}

interface Answer {
  id: string
  by: string
  where: string
}

function byStep({ id: chapter, walks, where, directory }: Chapter): Answer[] {
  return walks.flatMap((walk) =>
    walk.steps.flatMap((step) =>
      (step.answers ?? []).map((id) => ({
        id,
        by: `${chapter}/${walk.id}/${step.id}`,
        where: where.steps.get(`${walk.id}/${step.id}`) ?? directory,
      })),
    ),
  )
}

function byRow(rows: readonly Row[]): Answer[] {
  return rows.flatMap(({ seeds, where }) => seeds.map((id) => ({ id, by: where, where })))
}
