/** Proves the book: runs every walk in a sandbox of its own, checks every promise, and writes what was said into recordings. */
import { join, relative } from 'node:path'
import type { Chapter } from '../book/book.ts'
import { BookError } from '../book/book-error.ts'
import { loadBook } from '../book/load.ts'
import type { Backend } from '../sandbox/sandbox.ts'
import { resolveStop } from '../source/resolve-stop.ts'
import { openPins } from './pins.ts'
import { TYPIST_MS } from './reader-terminal.ts'
import { type RecordedWalk, recordedWalk, staleness, writeRecording } from './recorded-walk.ts'
import { type ChapterReport, problemsOf, type Report, reportLines } from './report.ts'
import { Tape } from './tape.ts'
import { type FaredStep, type ResolvedStops, runWalk } from './walk-run.ts'

export interface VerifyOptions {
  /** The folder of the book. */
  content: string
  backend: Backend
  /** Write recordings anew; otherwise only say whether they still fit. */
  update: boolean
  /** Ids of chapters; all when empty. */
  chapters: readonly string[]
  log: (line: string) => void
  signal: AbortSignal
}

/** Verifies the chapters, one walk after another, and logs progress and report. Rejects with BookError when the book itself is wrong, and when `signal` aborts. */
export async function verifyBook(options: VerifyOptions): Promise<Report> {
  const { content, chapters, log } = options
  const book = await loadBook(content, { recordings: 'ignored' })
  const ids = book.chapters.map(({ id }) => id)
  const unknown = chapters.find((id) => !ids.includes(id))
  if (unknown !== undefined)
    throw new BookError(`There is no chapter "${unknown}".`, relative('', join(content, 'book.yaml')), `name one of: ${ids.join(', ')}.`)
  const reports: ChapterReport[] = []
  for (const chapter of book.chapters) {
    if (chapters.length === 0 || chapters.includes(chapter.id)) reports.push(await verifyChapter(chapter, options))
  }
  const sum = (of: (report: ChapterReport) => number) => reports.reduce((total, report) => total + of(report), 0)
  const report: Report = { kept: sum(({ kept }) => kept), broken: sum(({ broken }) => broken), chapters: reports }
  for (const line of reportLines(report)) log(line)
  return report
}

async function verifyChapter(chapter: Chapter, options: VerifyOptions): Promise<ChapterReport> {
  const began = performance.now()
  const stops = await resolveStops(chapter)
  const fared: (FaredStep & { where: string })[] = []
  const recorded: RecordedWalk[] = []
  let pins: Awaited<ReturnType<typeof openPins>> | null = null
  for (const walk of chapter.walks) {
    options.log(`${chapter.id}: "${walk.title}", in a sandbox of its own`)
    const sandbox = await options.backend.open({ signal: options.signal, onProgress: (words) => options.log(`  ${words}`) })
    const tape = new Tape()
    try {
      pins ??= await openPins(sandbox.substitute)
      await runWalk({
        walk,
        sandbox,
        stops,
        // Only what is recorded needs to look like typing.
        keyMilliseconds: options.update ? TYPIST_MS : 0,
        tape,
        signal: options.signal,
        onStep: (one) => {
          fared.push({ ...one, where: chapter.where.steps.get(`${walk.id}/${one.step.id}`) ?? chapter.directory })
          options.log(stepLine(one, walk.steps.indexOf(one.step) + 1, walk.steps.length))
        },
      })
    } finally {
      await sandbox.close()
    }
    recorded.push(await recordedWalk(walk.id, tape, pins))
  }
  const all = chapter.walks.flatMap((walk) => walk.steps.flatMap((step) => step.promises)).length
  const kept = fared.flatMap(({ verdicts }) => verdicts.filter(({ is }) => is === 'kept')).length
  const problems = fared.flatMap((one) => problemsOf(one, one.where))
  let broken = all - kept
  if (!options.update) {
    const stale = await staleness(chapter)
    problems.push(...stale)
    broken += stale.length
  } else if (broken > 0) options.log(`${chapter.id}: not recorded, since a promise was broken`)
  else if (pins) options.log(`${chapter.id}: recorded in ${await writeRecording(chapter, recorded, pins)}`)
  return { id: chapter.id, kept, broken, seconds: (performance.now() - began) / 1000, problems }
}

async function resolveStops(chapter: Chapter): Promise<ResolvedStops> {
  const places: Record<string, ResolvedStops['places'][string]> = {}
  const locations: Record<string, string> = {}
  for (const stop of chapter.stops) {
    const { location, file, line, function: name } = await resolveStop(stop, chapter.where.stops.get(stop.id) ?? chapter.directory)
    places[stop.id] = { file, line, function: name }
    locations[stop.id] = location
  }
  return { places, locations }
}

function stepLine({ step, verdicts, took }: FaredStep, at: number, all: number): string {
  const mark = verdicts.every(({ is }) => is === 'kept') ? 'kept  ' : 'BROKEN'
  return `  ${String(at).padStart(2)}/${all}  ${mark}  ${step.title} (${(took / 1000).toFixed(2)} s)`
}
