/** Guesses why a promise was not kept, from what is known of the debugger and from the tools' own words. */
import type { Breakpoint, Place, TargetState } from '../../delve/state.ts'
import type { Outcome } from './promise.ts'

/** Words of the tools that have one likely cause; `$1` and `$2` are taken from the words. */
const KNOWN: readonly (readonly [words: RegExp, why: string])[] = [
  [/Breakpoint exists|breakpoint name already exists/i, 'That breakpoint is set already. Go on with the next step.'],
  [/no breakpoint with (?:name|id)|could not find breakpoint/i, 'That breakpoint is not set. Run the step that sets it first.'],
  [/(\S+) "([^"]+)" already exists/, 'It is there from an earlier run. `kubectl delete $1 $2 --now` removes it.'],
  [/\(NotFound\)/, 'It is not there: the request that creates it has not come back, or was never sent.'],
  [/connection refused/, 'The API server does not answer: it has ended. Take a new sandbox.'],
  [/TLS handshake timeout/, 'The command was started while the server was halted. Let it run with `continue` first.'],
  [/client connection lost/, 'The server was halted for longer than the command was ready to wait.'],
  [/has exited/, 'The API server has ended. Take a new sandbox.'],
]

/** The likely cause that the tools' words name themselves. */
function known(said: string): string | null {
  for (const [words, why] of KNOWN) {
    const match = words.exec(said)
    if (match) return why.replace('$1', match[1] ?? '').replace('$2', match[2] ?? '')
  }
  return null
}

/** Why the output does not hold what was promised. */
export function whyNotSaid(outcome: Outcome): string {
  const state = last(outcome)
  if (/could not find symbol value/.test(outcome.said) && state?.is === 'halted') {
    if (state.frame > 0)
      return `Frame ${state.frame} is selected, so Delve looked for that name in ${state.at.function}. Type \`frame 0\` and ask again.`
    return `The server is halted in ${state.at.function}, where that name does not exist.`
  }
  const cause = known(outcome.said)
  if (cause) return cause
  if (!outcome.cameBack) return notBack(outcome, state)
  if (outcome.terminal === 'debugger' && state?.is === 'halted' && state.frame > 0) {
    return `Frame ${state.frame} is selected, which may be what made the difference. Type \`frame 0\` and ask again.`
  }
  return 'The command came back, but said something else.'
}

/** Why the debugger did not halt at `stop`. */
export function whyNotHalted(outcome: Outcome, stop: Place): string {
  const state = outcome.states.at(-1)
  const set = outcome.breakpoints.find((breakpoint) => breakpoint.places.some((place) => place.file === stop.file && place.line === stop.line))
  if (state?.is === 'exited') return 'The API server has ended. Take a new sandbox.'
  if (state?.is === 'halted' && state.breakpoint !== null) {
    return `Another breakpoint, ${name(state.breakpoint, outcome.breakpoints)}, was hit first. \`continue\` goes on to the next.`
  }
  if (state?.is === 'halted') return 'It was halted by hand or by a step, not by a breakpoint. `continue` goes on.'
  if (outcome.states.length === 0 && outcome.before?.is === 'halted')
    return 'The server was halted already, so nothing could reach the breakpoint. `continue` first.'
  if (!set) return 'No breakpoint is set there. Run the step that sets it first.'
  if (set.disabled) return `The breakpoint ${set.name || set.id} is switched off. \`toggle ${set.name || set.id}\` switches it on.`
  const cause = known(outcome.said)
  if (cause) return cause
  if (set.condition) return `The breakpoint is set, but its condition \`${set.condition}\` was not met.`
  return 'The breakpoint is set, but nothing has reached it.'
}

/** Why the target does not run. */
export function whyNotRunning(outcome: Outcome): string {
  if (/has exited/.test(outcome.said) || last(outcome)?.is === 'exited') return 'The API server has ended. Take a new sandbox.'
  if (outcome.before?.is === 'running') return 'It ran already.'
  return 'Delve did not let it go on; its words are the reason.'
}

function notBack(outcome: Outcome, state: TargetState | null): string {
  if (outcome.terminal === 'shell' && state?.is === 'halted')
    return 'The server is halted, so the command waits. `continue` in the debugger lets it come back.'
  if (outcome.terminal === 'debugger' && state?.is === 'running') return 'The server runs, so Delve has no prompt. Halt it first.'
  return 'The command has not come back.'
}

function last(outcome: Outcome): TargetState | null {
  return outcome.states.at(-1) ?? outcome.before
}

function name(breakpoint: string, all: readonly Breakpoint[]): string {
  const found = all.find((one) => one.name === breakpoint || String(one.id) === breakpoint)
  const place = found?.places[0]
  return place ? `\`${breakpoint}\` in ${place.function}` : `\`${breakpoint}\``
}
