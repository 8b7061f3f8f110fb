/** The shape of `content/drift.json`: where the book's stops and excerpts are in other releases. Written by verify only. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** What became of a place in another release. */
export const Fate = z.discriminatedUnion('is', [
  /** The same line of the same function. */
  z.strictObject({ is: z.literal('same') }),
  z.strictObject({ is: z.literal('moved'), line: z.int() }),
  /** The line is in another function or another file of the package. */
  z.strictObject({ is: z.literal('renamed'), file: z.string(), function: z.string(), line: z.int() }),
  z.strictObject({ is: z.literal('gone') }),
])
export type Fate = z.infer<typeof Fate>

export const Drifted = z.strictObject({
  chapter: z.string(),
  /** `stop create`, or `excerpt createHandler.func1`. */
  what: z.string(),
  module: z.string(),
  file: z.string(),
  function: z.string(),
  /** The line in this book's release. */
  line: z.int(),
  /** By minor version, `v1.35`. */
  fates: z.record(z.string(), Fate),
})
export type Drifted = z.infer<typeof Drifted>

export const Drift = z.strictObject({
  /** This book's release. */
  of: z.string(),
  /** The exact release that stands for each minor version. */
  releases: z.record(z.string(), z.string()),
  places: z.array(Drifted),
})
export type Drift = z.infer<typeof Drift>

/** What verify found last; null when it was never asked. */
export async function loadDrift(content: string): Promise<Drift | null> {
  const text = await readFile(join(content, 'drift.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return text === null ? null : Drift.parse(JSON.parse(text))
}
