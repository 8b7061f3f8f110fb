/** What a chapter's panes show before anyone touches them: the recording's first halt, standing still. */
import headless from '@xterm/headless'
import type { Chapter } from '../../book/book.ts'
import { BookError } from '../../book/book-error.ts'
import { textSince } from '../../book/check/screen.ts'
import type { RecordedEvent, Recording } from '../../book/recording.ts'
import { highlightGo } from '../../browser/highlight.ts'
import { listing } from '../../browser/listing.ts'
import { posterAt, type Timeline, timelineOf } from '../../browser/timeline.ts'
import type { Breakpoint, DebuggerEvent, Place } from '../../delve/state.ts'
import { pinnedFiles } from '../../source/pinned-files.ts'
import { type ChangedLine, type SourceText, sourceText } from '../../source/source-text.ts'
import { stopsOf } from './chapter-data.ts'

/** Lines shown before and after the halt. */
const BEFORE = 12
const AFTER = 28

type Told<Type extends DebuggerEvent['type']> = Extract<DebuggerEvent, { type: Type }>

export interface Poster {
  /** Where the target is halted, or where it will halt first while nothing is recorded. */
  place: Place
  halted: boolean
  lines: { line: number; html: string; changed: ChangedLine | null }[]
  breakpoints: readonly Breakpoint[]
  stack: Told<'stack'> | null
  variables: Told<'variables'> | null
  /** Plain text of the two terminals. */
  screens: { debugger: string; shell: string }
  timeline: Timeline | null
}

/** The poster of `chapter`; null when it has neither a recording nor a stop. */
export async function posterOf(chapter: Chapter): Promise<Poster | null> {
  const walk = chapter.recording?.walks[0]
  const timeline = walk ? timelineOf(walk) : null
  const events = walk && timeline ? eventsUntil(timeline, posterAt(timeline)) : []
  const told = events.flatMap((event) => ('debugger' in event ? [event.debugger] : []))
  const last = <Type extends DebuggerEvent['type']>(type: Type) => (told.findLast((event) => event.type === type) ?? null) as Told<Type> | null
  const target = last('target')?.state
  const stop = [...(await stopsOf(chapter)).values()][0]
  const place = target?.is === 'halted' ? target.at : stop
  if (!place) return null
  return {
    place,
    halted: target?.is === 'halted',
    lines: await linesAround(place),
    breakpoints: last('breakpoints')?.breakpoints ?? [],
    stack: last('stack'),
    variables: last('variables'),
    screens: { debugger: await screen(events, 'debugger', chapter.recording), shell: await screen(events, 'shell', chapter.recording) },
    timeline,
  }
}

function eventsUntil(timeline: Timeline, at: number): RecordedEvent[] {
  return timeline.moments.filter((moment) => moment.at <= at).map(({ event }) => event)
}

async function linesAround({ file, line }: Place): Promise<Poster['lines']> {
  // Colours depend on what stands before, so the whole file is coloured.
  const { lines, changed } = await textOf(file)
  const html = await highlightGo(lines)
  const from = Math.max(1, line - BEFORE)
  const changeAt = (at: number) => changed.find((change) => change.line === at) ?? null
  return html.slice(from - 1, line + AFTER).map((text, at) => ({ line: from + at, html: text, changed: changeAt(from + at) }))
}

/** The text of the file that a recording names. */
async function textOf(name: string): Promise<SourceText> {
  const found = (await pinnedFiles()).find(({ file }) => file === name)
  if (!found) throw new BookError(`The recording names ${name}, which the pins do not have.`, 'recorded.json', 'run `npm run verify -- --update`.')
  return sourceText(found)
}

/** What one terminal shows after `events`, as plain text. */
async function screen(events: readonly RecordedEvent[], terminal: 'debugger' | 'shell', recording: Recording | null): Promise<string> {
  if (!recording) return ''
  const emulator = new headless.Terminal({ cols: recording.columns, rows: recording.rows, scrollback: 2000, allowProposedApi: true })
  for (const event of events) {
    if (!('terminal' in event) || event.terminal !== terminal) continue
    const said = 'says' in event ? event.says : listing((await textOf(event.lists.file)).lines, event.lists)
    await new Promise<void>((resolve) => emulator.write(said, resolve))
  }
  const text = textSince(emulator.buffer.active, 0)
  emulator.dispose()
  return text
}
