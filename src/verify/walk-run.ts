/** Runs one walk as a reader would: types each step, waits until it is over, and compares what came of it with what is promised. */
import type { Verdict } from '../book/check/promise.ts'
import { type StepEnd, StepRun } from '../book/check/step-run.ts'
import { fillIn } from '../book/places.ts'
import type { Step, Walk } from '../book/walk.ts'
import type { Place } from '../delve/state.ts'
import type { Program, Sandbox } from '../sandbox/sandbox.ts'
import { type Reader, sitDown } from './reader.ts'
import type { Tape } from './tape.ts'

/** Where stops are in the pins, by id: the places as Delve names them, and locations that Delve takes. */
export interface ResolvedStops {
  places: Readonly<Record<string, Place>>
  locations: Readonly<Record<string, string>>
}

/** How long a terminal may take to its prompt, and a step to its end (milliseconds). All but the first take well under a second. */
const READY_MS = 60_000
const STEP_MS = 30_000

/** How a step fared; `took` is milliseconds from Enter to its end. */
export interface FaredStep {
  step: Step
  verdicts: Verdict[]
  took: number
}

export interface WalkRunOptions {
  walk: Walk
  sandbox: Sandbox
  stops: ResolvedStops
  /** Milliseconds between two keys. */
  keyMilliseconds: number
  tape: Tape
  onStep: (fared: FaredStep) => void
  signal: AbortSignal
}

/** Runs the steps of `walk` in order, up to the first that breaks a promise. Rejects when the sandbox ends, or a terminal does not come to its prompt. */
export async function runWalk({ walk, sandbox, stops, keyMilliseconds, tape, onStep, signal }: WalkRunOptions): Promise<void> {
  let run: StepRun | null = null
  const reader = await sitDown({
    sandbox,
    keyMilliseconds,
    signal,
    onHappening: (happening) => {
      tape.add(happening)
      if ('debugger' in happening) run?.debugger(happening.debugger, performance.now())
    },
  })
  try {
    await ready(reader, 'debugger')
    for (const step of walk.steps) {
      await ready(reader, step.terminal)
      const { terminal, promises } = step
      run = new StepRun({ terminal, promises, stops: stops.places, target: reader.target(), breakpoints: reader.breakpoints() })
      tape.begin(step.id, fillIn(step.type, stops.locations))
      const { verdicts, said, took } = await typeAndWait(reader, run, terminal, fillIn(step.type, stops.locations))
      tape.said(said)
      onStep({ step, verdicts, took })
      if (verdicts.some((verdict) => verdict.is === 'broken')) return
    }
    // What the last step causes belongs to it.
    await ready(reader, 'shell')
    if (reader.target()?.is === 'halted') await ready(reader, 'debugger')
  } finally {
    reader.close()
  }
}

async function typeAndWait(reader: Reader, run: StepRun, program: Program, command: string): Promise<StepEnd> {
  const terminal = reader.terminals[program]
  const textSoFar = terminal.mark()
  await terminal.type(command, reader.signal)
  run.typed(command, performance.now())
  await reader.until(() => {
    run.output(textSoFar(), terminal.line(), performance.now())
    return run.tick(performance.now()).is === 'done'
  }, STEP_MS)
  return run.giveUp(performance.now())
}

async function ready(reader: Reader, program: Program): Promise<void> {
  if (await reader.ready(program, READY_MS)) return
  throw new Error(`The ${program} has not come to its prompt; it shows: ${reader.terminals[program].line() || '(an empty line)'}`)
}
