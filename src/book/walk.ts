/** The shape of `walks.yaml`: where the server will halt, what is typed, and what must come of it. */
import { z } from 'zod'

const Id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'use small letters, digits and hyphens, beginning with a letter')

/** A place in the pinned source, named by meaning; its line number is computed from the pin. */
export const Stop = z.strictObject({
  id: Id,
  /** A module of the pins, for example `k8s.io/apiserver`. */
  module: z.string(),
  /** Path inside the module. */
  file: z.string(),
  /** The function's name as Delve prints it after the package: `createHandler.func1`, `(*store).Create`. */
  function: z.string(),
  /** Text that exactly one line of the function contains. */
  line: z.string(),
})
export type Stop = z.infer<typeof Stop>

/**
 * What must come of a step. `says`: the output holds this text, where `…` stands for anything on the same line. `quiet`: the command comes back
 * without a word. `halts`: the debugger halts at this stop; a shell command waits then. `runs`: the target runs, so there is no prompt until it stops.
 */
export const Promised = z.union(
  [
    z.strictObject({ says: z.string().min(1) }),
    z.strictObject({ quiet: z.literal(true) }),
    z.strictObject({ halts: Id }),
    z.strictObject({ runs: z.literal(true) }),
  ],
  'a promise is one of `says: text`, `quiet: true`, `halts: stop` and `runs: true`',
)
export type Promised = z.infer<typeof Promised>

/** One line typed into a terminal. In `type`, `{stop:ID}` becomes the stop's location as Delve takes it. */
export const Step = z.strictObject({
  id: Id,
  title: z.string(),
  terminal: z.enum(['debugger', 'shell']),
  type: z.string(),
  promises: z.array(Promised).min(1),
  /** A sentence that helps to read what came out. */
  note: z.string().optional(),
})
export type Step = z.infer<typeof Step>

export const Walk = z.strictObject({ id: Id, title: z.string(), steps: z.array(Step).min(1) })
export type Walk = z.infer<typeof Walk>

/** A whole `walks.yaml`. */
export const Walks = z.strictObject({ stops: z.array(Stop), walks: z.array(Walk).min(1) })
export type Walks = z.infer<typeof Walks>
