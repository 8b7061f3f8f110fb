/** Proves the book: runs every walk in a sandbox of its own, checks every promise, and writes what was said into recordings. */
import type { Chapter } from '../book/book.ts'
import { BookError } from '../book/book-error.ts'
import { loadBook } from '../book/load.ts'
import { readRecording } from '../book/load-recording.ts'
import type { Recording } from '../book/recording.ts'
import type { ChapterReport, Problem, Report } from '../book/report.ts'
import type { Walk } from '../book/walk.ts'
import { versions } from '../pins/versions.ts'
import type { Backend } from '../sandbox/sandbox.ts'
import { resolveStop } from '../source/resolve-stop.ts'
import { type Choice, type Chosen, chosenWalks } from './choice.ts'
import { openPins, type Pins } from './pins.ts'
import { TYPIST_MS } from './reader-terminal.ts'
import { type RecordedWalk, recordedWalk, staleness, writeRecording } from './recorded-walk.ts'
import { problemsOf, reportLines } from './report.ts'
import { sideBySide } from './side-by-side.ts'
import { Tape } from './tape.ts'
import { isUnchanged } from './unchanged.ts'
import { type FaredStep, type ResolvedStops, runWalk } from './walk-run.ts'

export interface VerifyOptions extends Choice {
  /** The folder of the book. */
  content: string
  backend: Backend
  /** Write recordings anew; otherwise only say whether they still fit. */
  update: boolean
  /** Walks that run side by side, each in a sandbox of its own. */
  atOnce: number
  log: (line: string) => void
  signal: AbortSignal
}

/** One walk with what it needs and how it fared. */
interface Job {
  chapter: Chapter
  walk: Walk
  stops: ResolvedStops
}
interface Done extends Job {
  fared: FaredStep[]
  recorded: RecordedWalk | null
  /** The walk could not be run to its end for another reason than a broken promise. */
  error: Error | null
  seconds: number
}

/** Verifies the chosen walks and logs progress and report. Rejects with BookError when the book itself is wrong, and when `signal` aborts. */
export async function verifyBook(options: VerifyOptions): Promise<Report> {
  const { content, backend, atOnce, log, signal } = options
  const began = performance.now()
  const book = await loadBook(content, { recordings: 'ignored' })
  const chosen = chosenWalks(book, options, content)
  const jobs: Job[] = []
  for (const { chapter, walks } of chosen) {
    const stops = await resolveStops(chapter)
    for (const walk of walks) jobs.push({ chapter, walk, stops })
  }
  // Slow ones first: what they wait for passes beside the others.
  const ordered = [...jobs].sort((a, b) => Number(b.walk.slow !== undefined) - Number(a.walk.slow !== undefined))
  // A build takes all of the machine: walks beside it would run into their time limits.
  if (jobs.some(({ walk }) => walk.setup?.build === 'unchanged')) await backend.prepare('unchanged', { signal, onProgress: log })
  const pins = lazy(openPins)
  let count = 0
  const done = await sideBySide(ordered, atOnce, async (job) => {
    const one = await runJob(job, options, pins)
    log(jobLine(one, ++count, jobs.length))
    return one
  })
  const reports: ChapterReport[] = []
  for (const { chapter, walks } of chosen) {
    const own = walks.flatMap((walk) => done.find((one) => one.chapter === chapter && one.walk === walk) ?? [])
    reports.push(await chapterReport({ chapter, walks }, own, options, pins))
  }
  const sum = (of: (report: ChapterReport) => number) => reports.reduce((total, report) => total + of(report), 0)
  const report: Report = {
    ended: new Date().toISOString(),
    ...versionsOfRun(),
    kept: sum(({ kept }) => kept),
    broken: sum(({ broken }) => broken),
    seconds: (performance.now() - began) / 1000,
    chapters: reports,
  }
  for (const line of reportLines(report)) log(line)
  return report
}

type OpenPins = (substitute: Parameters<typeof openPins>[0]) => Promise<Pins>

async function runJob({ chapter, walk, stops }: Job, options: VerifyOptions, pins: OpenPins): Promise<Done> {
  const began = performance.now()
  const fared: FaredStep[] = []
  const tape = new Tape()
  const ended = (rest: Pick<Done, 'recorded' | 'error'>): Done => {
    return { chapter, walk, stops, fared, seconds: (performance.now() - began) / 1000, ...rest }
  }
  try {
    const sandbox = await options.backend.open({ signal: options.signal, ...(walk.setup && { setup: walk.setup }) })
    try {
      await runWalk({
        walk,
        sandbox,
        stops,
        // Only what is recorded needs to look like typing.
        keyMilliseconds: options.update && walk.kind !== 'errata' ? TYPIST_MS : 0,
        tape,
        signal: options.signal,
        onStep: (one) => fared.push(one),
      })
    } finally {
      await sandbox.close()
    }
    return ended({ recorded: await recordedWalk(walk, tape, await pins(sandbox.substitute)), error: null })
  } catch (error) {
    options.signal.throwIfAborted()
    if (error instanceof BookError) throw error
    return ended({ recorded: null, error: error instanceof Error ? error : new Error(String(error)) })
  }
}

async function chapterReport({ chapter, walks }: Chosen, done: readonly Done[], options: VerifyOptions, pins: OpenPins): Promise<ChapterReport> {
  const all = walks.flatMap((walk) => walk.steps.flatMap((step) => step.promises)).length
  const kept = done.flatMap(({ fared }) => fared.flatMap(({ verdicts }) => verdicts.filter(({ is }) => is === 'kept'))).length
  const problems = done.flatMap(problemsOfWalk)
  let broken = all - kept + done.filter(({ error, fared, walk }) => error !== null && fared.length === walk.steps.length).length
  if (options.update) await update(chapter, done, broken, options, pins)
  else {
    const stale = await staleness(chapter)
    problems.push(...stale)
    broken += stale.length
  }
  const took = done.map(({ walk, seconds }) => ({ id: walk.id, seconds }))
  return { id: chapter.id, kept, broken, seconds: took.reduce((sum, { seconds }) => sum + seconds, 0), walks: took, problems }
}

function versionsOfRun(): Pick<Report, 'kubernetes' | 'delve'> {
  const { kubernetes, delve } = versions()
  return { kubernetes, delve }
}

function problemsOfWalk({ chapter, walk, fared, error }: Done): Problem[] {
  const where = (step: string) => chapter.where.steps.get(`${walk.id}/${step}`) ?? chapter.directory
  const problems = fared.flatMap((one) => problemsOf(one, where(one.step.id)))
  if (!error) return problems
  const step = walk.steps[Math.min(fared.length, walk.steps.length - 1)] as Walk['steps'][number]
  const what = `Walk "${walk.id}", step "${step.id}"`
  return [...problems, { where: where(step.id), what, promised: 'that it can be run', got: error.message, why: 'The words above are the reason.' }]
}

/** Writes the recording anew, with walks that say what they said before left as they are. */
async function update(chapter: Chapter, done: readonly Done[], broken: number, { log }: VerifyOptions, pins: OpenPins): Promise<void> {
  if (broken > 0) return log(`${chapter.id}: not recorded, since a promise was broken`)
  const before = await currentRecording(chapter)
  const walks = chapter.walks.map((walk) => {
    const now = done.find((one) => one.walk === walk)?.recorded
    const then = before?.walks.find(({ id }) => id === walk.id)
    const kept = !now || isUnchanged(then, now) ? then : now
    if (!kept) throw new BookError(`Walk "${walk.id}" has never been recorded.`, chapter.directory, 'verify the whole chapter with --update.')
    return kept
  })
  const same = before?.walks.length === walks.length && walks.every((walk, at) => before.walks[at] === walk)
  if (same) return log(`${chapter.id}: says what its recording says, which stays`)
  log(`${chapter.id}: recorded in ${await writeRecording(chapter, walks, await pins([]))}`)
}

/** The recording that is there, if it is of these versions; walks that were changed since are simply not in it. */
async function currentRecording({ directory }: Chapter): Promise<Recording | null> {
  const { kubernetes, delve } = versions()
  const recording = await readRecording(directory).catch(() => null)
  return recording?.kubernetes === kubernetes && recording.delve === delve ? recording : null
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

/** The pins are opened with the first sandbox's rules; all sandboxes have the same. */
function lazy(open: OpenPins): OpenPins {
  let opened: Promise<Pins> | null = null
  return (substitute) => {
    opened ??= open(substitute)
    return opened
  }
}

function jobLine({ chapter, walk, fared, error, seconds }: Done, at: number, all: number): string {
  const kept = fared.filter(({ verdicts }) => verdicts.every(({ is }) => is === 'kept')).length
  const mark = !error && kept === walk.steps.length ? 'kept  ' : 'BROKEN'
  return `${String(at).padStart(3)}/${all}  ${mark}  ${chapter.id}/${walk.id}: ${kept} of ${walk.steps.length} steps, ${seconds.toFixed(0)} s`
}
