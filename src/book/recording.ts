/** The shape of `recorded.json`: what the tools said in a verified run of each walk. Written by verify only. */
import { z } from 'zod'
import { DebuggerEvent } from '../delve/state.ts'

const terminal = z.enum(['debugger', 'shell'])

/** What happened, `at` milliseconds after its step began. Order is the order it came. */
export const RecordedEvent = z.union([
  /** What a terminal said, escape sequences and all, scrubbed. */
  z.strictObject({ at: z.int(), terminal, says: z.string() }),
  /**
   * Lines of pinned source a terminal printed: `from` to `to` of `file` (`module@version/path`); the player fills the text in. `arrow` is the line
   * marked `=>`, or null. `bare` is the text of a line without the number and the colours of Delve, nor an end.
   */
  z.strictObject({
    at: z.int(),
    terminal,
    lists: z.strictObject({ file: z.string(), from: z.int(), to: z.int(), arrow: z.int().nullable(), bare: z.literal(true).optional() }),
  }),
  z.strictObject({ at: z.int(), debugger: DebuggerEvent }),
])
export type RecordedEvent = z.infer<typeof RecordedEvent>

/** One step as it ran. `typed` is the command with its places filled in; `took` is milliseconds to its last event; `said` is the plain text that came of it, as promises are checked against. */
export const RecordedStep = z.strictObject({ id: z.string(), typed: z.string(), took: z.int(), said: z.string(), events: z.array(RecordedEvent) })
export type RecordedStep = z.infer<typeof RecordedStep>

/** A whole recording of a chapter. */
export const Recording = z.strictObject({
  /** Versions it was made with, and the day, as YYYY-MM-DD. */
  kubernetes: z.string(),
  delve: z.string(),
  day: z.string(),
  /** The terminals' size. */
  columns: z.int(),
  rows: z.int(),
  walks: z.array(
    z.strictObject({
      id: z.string(),
      /** What the terminals said before the first step: their prompts. */
      before: z.array(RecordedEvent),
      steps: z.array(RecordedStep),
    }),
  ),
})
export type Recording = z.infer<typeof Recording>
