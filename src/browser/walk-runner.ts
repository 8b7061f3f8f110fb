/** Runs steps live: types each into its terminal when the prompt is there, and says how its promises fared. */
import type { Verdict } from '../book/check/promise.ts'
import { StepRun } from '../book/check/step-run.ts'
import type { DebuggerEvent, Place } from '../delve/state.ts'
import type { FromPage, TerminalName } from '../protocol/messages.ts'
import type { WalkStep } from './chapter-data.ts'
import type { DebuggerModel } from './debugger-model.ts'
import type { TerminalPane } from './terminal-pane.ts'
import type { Turns } from './turns.ts'
import { promptOf, typeKeys } from './typing.ts'

/** What a runner needs of the page. */
export interface Running {
  model: DebuggerModel
  panes: Readonly<Record<TerminalName, TerminalPane>>
  stops: Readonly<Record<string, Place>>
  turns: Turns
  send(message: FromPage): void
}

/** How a step ended. `took` is milliseconds from Enter to the end. */
export type Ran = { is: 'ran'; verdicts: readonly Verdict[]; took: number } | { is: 'stopped' }

/** Runs `step`. `say` is told what is waited for; `wait.abort()` stops typing or waiting, and the step ends with what is known. */
export async function runStep(step: WalkStep, page: Running, wait: AbortSignal, say: (words: string) => void): Promise<Ran> {
  let done = () => {}
  try {
    done = await page.turns.take(step.terminal, wait)
    await prompt(step.terminal, page, wait, say)
    say('')
    await typeKeys(step.typed, { send: (text) => page.send({ type: 'input', terminal: step.terminal, text }), signal: wait })
    return await outcome(step, page, wait, done)
  } catch (error) {
    if (wait.aborted) return { is: 'stopped' }
    throw error
  } finally {
    done()
  }
}

/** Time a target may run before it is halted for a prompt (milliseconds): a `next` on its way is not cut short. */
const RUNS_ON = 300
/** Time in which Delve's new prompt follows the news of a halt (milliseconds). Until then the one on the screen may be of before. */
const STALE = 250

/**
 * Waits for the terminal's empty prompt; a running target is halted when the debugger's is wanted. Resolves with whether it should run on afterwards:
 * it was halted for this, and no breakpoint came first.
 */
export async function prompt(
  terminal: TerminalName,
  { model, panes, send }: Pick<Running, 'model' | 'panes' | 'send'>,
  wait: AbortSignal,
  say: (words: string) => void,
): Promise<boolean> {
  const pane = panes[terminal]
  const runs = () => terminal === 'debugger' && model.target?.is === 'running'
  if (pane.prompt === 'empty' && !runs()) return false
  if (terminal === 'debugger') say('waits for the debugger’s prompt')
  else
    say(
      model.target?.is === 'halted'
        ? 'waits for the shell: the server is halted, so its command cannot come back. Type continue in the debugger.'
        : 'waits for the shell’s prompt',
    )
  let halted = false
  const halt = () => {
    if (halted || !runs()) return
    halted = true
    say('halting the server, so that Delve has a prompt')
    send({ type: 'halt' })
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  // The terminal's bytes may come before the news that its `continue` was taken: then no prompt comes until someone halts.
  const stop = model.listen((event) => {
    if (event.type === 'target' && runs()) timer ??= setTimeout(halt, RUNS_ON)
  })
  const later = new AbortController()
  try {
    // Or they come after it: the prompt that is seen is then the one at which the server was sent running.
    const next = runs() && pane.prompt !== 'busy' ? pane.nextPrompt(AbortSignal.any([wait, later.signal])).catch(() => {}) : null
    halt()
    await notRunning(model, runs, wait)
    if (next) await Promise.race([next, new Promise((resolve) => setTimeout(resolve, STALE))])
    await promptOf({ pane, send: (text) => send({ type: 'input', terminal, text }), signal: wait })
  } finally {
    later.abort()
    stop()
    clearTimeout(timer)
  }
  return halted && !(model.target?.is === 'halted' && model.target.breakpoint !== null)
}

/** Resolves when `runs` no longer holds. Rejects when `wait` aborts. */
function notRunning(model: DebuggerModel, runs: () => boolean, wait: AbortSignal): Promise<void> {
  if (!runs()) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const end = () => {
      stop()
      wait.removeEventListener('abort', abort)
    }
    const stop = model.listen(() => {
      if (runs()) return
      end()
      resolve()
    })
    const abort = () => {
      end()
      reject(wait.reason)
    }
    wait.addEventListener('abort', abort, { once: true })
  })
}

/** Presses Enter. Resolves when the line has been taken: the prompt is back, or the server runs. */
export async function entered(
  terminal: TerminalName,
  { model, panes, send }: Pick<Running, 'model' | 'panes' | 'send'>,
  wait: AbortSignal,
): Promise<void> {
  const later = new AbortController()
  const over = AbortSignal.any([wait, later.signal])
  const running = new Promise<void>((resolve) => {
    const stop = model.listen((event) => {
      if (event.type === 'target' && event.state.is !== 'halted') resolve()
    })
    over.addEventListener('abort', stop, { once: true })
  })
  const back = panes[terminal].nextPrompt(over)
  // Whichever comes second is not waited for.
  back.catch(() => {})
  send({ type: 'input', terminal, text: '\r' })
  try {
    await Promise.race([back, running])
  } finally {
    later.abort()
  }
}

/** Presses Enter and listens until the step is over; `taken` is called when the debugger may be given another line. */
function outcome(step: WalkStep, page: Running, wait: AbortSignal, taken: () => void): Promise<Ran> {
  const { model, panes, stops } = page
  const pane = panes[step.terminal]
  const run = new StepRun({ terminal: step.terminal, promises: step.promises, stops, target: model.target, breakpoints: model.breakpoints })
  const mark = pane.mark()
  const now = () => performance.now()
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const leave: (() => void)[] = []
    const hear = (report: ReturnType<StepRun['tick']>) => {
      clearTimeout(timer)
      if (report.is === 'done') {
        for (const stop of leave) stop()
        mark.dispose()
        resolve({ is: 'ran', verdicts: report.verdicts, took: report.took })
      } else if (report.until !== null) timer = setTimeout(() => hear(run.tick(now())), Math.max(0, report.until - now()) + 1)
    }
    const read = () => hear(run.output(pane.textSince(mark), pane.cursorLine, now()))
    leave.push(
      pane.onOutput(read),
      pane.onCommandEnded((exitCode) => hear(run.commandEnded(exitCode, now()))),
      model.listen((event: DebuggerEvent) => hear(run.debugger(event, now()))),
    )
    wait.addEventListener('abort', () => hear(run.giveUp(now())), { once: true })
    hear(run.typed(step.typed, now()))
    entered(step.terminal, page, wait).then(taken, taken)
  })
}
