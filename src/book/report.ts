/** The shape of verify's report: promises kept, and for each that was not, what was promised, what came, and why that may be. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'

/** Where the last run on this machine is kept, from the project's folder; no part of what is committed. */
export const LAST_RUN = '.verify/report.json'

/** Something to mend. `where` is `file:line`. */
export const Problem = z.strictObject({ where: z.string(), what: z.string(), promised: z.string(), got: z.string(), why: z.string() })
export type Problem = z.infer<typeof Problem>

/** One walk; `seconds` includes the start of its sandbox. */
export const WalkReport = z.strictObject({ id: z.string(), seconds: z.number() })

export const ChapterReport = z.strictObject({
  id: z.string(),
  kept: z.int(),
  /** Promises that were broken, or never came to be tried. */
  broken: z.int(),
  /** Of all its walks, one after the other. */
  seconds: z.number(),
  walks: z.array(WalkReport),
  problems: z.array(Problem),
})
export type ChapterReport = z.infer<typeof ChapterReport>

export const Report = z.strictObject({
  /** When it ended, ISO 8601. */
  ended: z.string(),
  kubernetes: z.string(),
  delve: z.string(),
  kept: z.int(),
  broken: z.int(),
  /** On the clock: walks run side by side. */
  seconds: z.number(),
  /** Those that were chosen. */
  chapters: z.array(ChapterReport),
})
export type Report = z.infer<typeof Report>

/** Replaces the file in one go; its folder is made. */
export async function writeReport(file: string, report: Report): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(`${file}.half`, JSON.stringify(report))
  await rename(`${file}.half`, file)
}

/** The report in the file; null where there is none, or one of another shape, which an older version of this project left. */
export async function readReport(file: string): Promise<Report | null> {
  const text = await readFile(file, 'utf8').catch(() => null)
  return text === null ? null : (Report.safeParse(JSON.parse(text)).data ?? null)
}
