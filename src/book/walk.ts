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
  /** Entries of founding.yaml that this step answers. */
  answers: z.array(z.string()).optional(),
})
export type Step = z.infer<typeof Step>

/** In what the walk's sandbox differs from the plain one; applied by the sandbox's supervisor. */
export const Setup = z.strictObject({
  /** Flags of the API server beside the usual ones; one with the name of a usual one takes its place. */
  server: z.array(z.string().regex(/^--[a-z][a-z0-9-]*(=.*)?$/, 'write a flag as `--name=value`')).default([]),
  /** Texts of files in the learner's home, by path. */
  files: z.record(z.string().regex(/^[\w-][\w./-]*$/, 'name a path below the home, without a leading dot or slash'), z.string()).default({}),
  /** `halted`: the API server is held before its first instruction. */
  start: z.enum(['running', 'halted']).default('running'),
  /** `unchanged`: the API server as it was released, with the two time limits that are long otherwise (src/pins/patch.ts). */
  build: z.enum(['changed', 'unchanged']).default('changed'),
  /** Shell commands that run before the reader comes. */
  commands: z.array(z.string().min(1)).default([]),
})
export type Setup = z.infer<typeof Setup>

export const Walk = z.strictObject({
  id: Id,
  title: z.string(),
  /** `walk`: the text shows it. `exercise`: it is an exercise's answer. `errata`: it proves what `Erratum` rows say, and no reader walks it. */
  kind: z.enum(['walk', 'exercise', 'errata']).default('walk'),
  /** Without it the walk needs nothing but a plain sandbox. */
  setup: Setup.optional(),
  /** Why this walk takes longer than others: a real time-out, for example. */
  slow: z.string().min(1).optional(),
  steps: z.array(Step).min(1),
})
export type Walk = z.infer<typeof Walk>

/** A whole `walks.yaml`. */
export const Walks = z.strictObject({ stops: z.array(Stop), walks: z.array(Walk).min(1) })
export type Walks = z.infer<typeof Walks>
