/** The questions of `tests/fixtures/search/queries.yaml`, and whether what came first is an answer. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { ownName } from '../../src/browser/search/actions.ts'
import type { FoundFunction } from '../../src/browser/search/function-table.ts'

const File = z.array(
  z.strictObject({
    about: z.string(),
    queries: z.array(
      z.union([
        z.strictObject({ ask: z.string(), first: z.string() }),
        z.strictObject({ ask: z.string(), among: z.string(), of: z.int().positive().default(3) }),
      ]),
    ),
  }),
)

export interface Question {
  /** What kind of question it is. */
  about: string
  ask: string
  /** The end of the file's path, a space, and the function's name. */
  answer: string
  /** Among how many hits the answer must be. */
  of: number
}

/** All questions, in the order of the file. */
export async function questions(): Promise<Question[]> {
  const file = File.parse(parse(await readFile(resolve('tests/fixtures/search/queries.yaml'), 'utf8')))
  return file.flatMap(({ about, queries }) =>
    queries.map((query) => ({
      about,
      ask: query.ask,
      ...('first' in query ? { answer: query.first, of: 1 } : { answer: query.among, of: query.of }),
    })),
  )
}

/** Whether the function is the answer. */
export function isAnswer({ answer }: Question, found: Pick<FoundFunction, 'module' | 'inside' | 'receiver' | 'name'>): boolean {
  const space = answer.indexOf(' ')
  return `/${found.module}/${found.inside}`.endsWith(`/${answer.slice(0, space)}`) && ownName(found) === answer.slice(space + 1)
}
