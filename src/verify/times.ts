/** Verifies the book many times over, and keeps a tally that an interruption does not lose: a step that fails once in twenty runs is flaky. */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Report } from '../book/report.ts'

const Tally = z.strictObject({
  /** What was verified: another state of the book begins a new tally. */
  of: z.string(),
  runs: z.array(z.strictObject({ kept: z.int(), broken: z.int(), seconds: z.number(), problems: z.array(z.string()) })),
})
export type Tally = z.infer<typeof Tally>

export interface TimesOptions {
  times: number
  /** The tally's file. */
  file: string
  /** Names the state of the book, for example a commit. */
  of: string
  verify: () => Promise<Report>
  log: (line: string) => void
}

/** Runs until there are `times` runs in the tally. Rejects as `verify` does; the runs before are kept. */
export async function verifyTimes({ times, file, of, verify, log }: TimesOptions): Promise<Tally> {
  const tally = await readTally(file, of)
  if (tally.runs.length > 0) log(`${tally.runs.length} runs of this state are in the tally already.`)
  while (tally.runs.length < times) {
    log(`\nRun ${tally.runs.length + 1} of ${times}`)
    const began = performance.now()
    const { kept, broken, chapters } = await verify()
    const problems = chapters.flatMap((chapter) => chapter.problems.map(({ where, what, got }) => `${where} ${what}: ${got}`))
    tally.runs.push({ kept, broken, seconds: (performance.now() - began) / 1000, problems })
    await writeFile(`${file}.half`, JSON.stringify(tally))
    await rename(`${file}.half`, file)
  }
  const failed = tally.runs.filter(({ broken }) => broken > 0)
  log(
    `\n${tally.runs.length} runs, ${failed.length} with a broken promise, ${Math.round(Math.max(...tally.runs.map(({ seconds }) => seconds)))} s the longest`,
  )
  for (const { problems } of failed) for (const problem of problems) log(`  ${problem}`)
  return tally
}

async function readTally(file: string, of: string): Promise<Tally> {
  const text = await readFile(file, 'utf8').catch(() => null)
  const found = text === null ? null : Tally.safeParse(JSON.parse(text)).data
  return found?.of === of ? found : { of, runs: [] }
}
