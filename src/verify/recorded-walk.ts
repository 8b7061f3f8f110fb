/** Makes the recording of a chapter out of tapes, writes it, and says whether the one that is there still fits. */
import { rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Chapter } from '../book/book.ts'
import { BookError } from '../book/book-error.ts'
import { scrub } from '../book/check/scrub.ts'
import { loadRecording } from '../book/load-recording.ts'
import { type RecordedEvent, Recording } from '../book/recording.ts'
import type { Problem } from '../book/report.ts'
import type { Walk } from '../book/walk.ts'
import { versions } from '../pins/versions.ts'
import { withoutSource } from './listing.ts'
import type { Pins } from './pins.ts'
import { COLUMNS, ROWS } from './reader-terminal.ts'
import { Goroutines, recordedEvents } from './recorded-events.ts'
import type { Tape } from './tape.ts'

export type RecordedWalk = Recording['walks'][number]

/** The tape of a walk as it is recorded; of one that nobody plays only the words. Throws when a terminal printed source that is not the pin's. */
export async function recordedWalk({ id, kind }: Pick<Walk, 'id' | 'kind'>, tape: Tape, pins: Pins): Promise<RecordedWalk> {
  const goroutines = new Goroutines()
  const played = kind !== 'errata'
  const before = await recordedEvents(tape.before, goroutines, pins)
  const steps: RecordedWalk['steps'] = []
  for (const { id, typed, said, events } of tape.steps) {
    const recorded = await recordedEvents(events, goroutines, pins)
    const words = withoutSource(scrub(said, (goroutine) => String(goroutines.name(goroutine))))
    steps.push({ id, typed, took: recorded.at(-1)?.at ?? 0, said: words, events: played ? recorded : [] })
  }
  return { id, before: played ? before : [], steps }
}

/** Writes the chapter's `recorded.json` in one go, so that no half of it is ever read. Throws BookError when it would hold source. */
export async function writeRecording(chapter: Chapter, walks: RecordedWalk[], pins: Pins): Promise<string> {
  const file = fileOf(chapter)
  await pins.refuseSource(textsOf(walks), relative('', file))
  const { kubernetes, delve } = versions()
  const day = new Date().toISOString().slice(0, 10)
  const recording = Recording.parse({ kubernetes, delve, day, columns: COLUMNS, rows: ROWS, walks })
  const half = `${file}.${process.pid}.half`
  try {
    await writeFile(half, layOut(recording))
    await rename(half, file)
  } finally {
    await rm(half, { force: true })
  }
  return relative('', file)
}

/** What is wrong with the chapter's recording: none yet, or of other steps. */
export async function staleness(chapter: Chapter): Promise<Problem[]> {
  const where = relative('', fileOf(chapter))
  const what = 'The recording that readers without a sandbox see'
  const promised = 'a recording of these very steps'
  const why = 'The walk was changed since. `npm run verify -- --update` records it anew.'
  try {
    const recording = await loadRecording(chapter.directory, chapter.walks)
    return recording ? [] : [{ where, what, promised, got: 'none', why }]
  } catch (error) {
    if (!(error instanceof BookError)) throw error
    return [{ where, what, promised, got: error.message.split('\n')[0] ?? '', why }]
  }
}

function fileOf(chapter: Chapter): string {
  return join(chapter.directory, 'recorded.json')
}

/** JSON with one event to a line: changes can be read, and the file stays short. */
function layOut(recording: Recording): string {
  const { walks, ...head } = recording
  const events = (list: readonly RecordedEvent[]) => (list.length === 0 ? '[]' : `[\n${list.map((event) => JSON.stringify(event)).join(',\n')}\n]`)
  const steps = (walk: RecordedWalk) =>
    walk.steps.map(({ events: list, ...step }) => `${JSON.stringify(step).slice(0, -1)},"events":${events(list)}}`).join(',\n')
  const written = walks.map((walk) => `{"id":${JSON.stringify(walk.id)},"before":${events(walk.before)},"steps":[\n${steps(walk)}\n]}`)
  return `${JSON.stringify(head).slice(0, -1)},"walks":[\n${written.join(',\n')}\n]}\n`
}

/** Every string of the walks. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : []
}
