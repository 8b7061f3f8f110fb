/** Whether a walk that was recorded anew says what the recording that is there says: then that one stays, and no file changes for nothing. */
import type { RecordedWalk } from './recorded-walk.ts'

/**
 * True when both have the same steps, words and halts. Numbers in words (times, counts, versions of objects) may differ, places may not; of a profile,
 * which no two runs make alike, neither the weights nor the functions that weigh most are compared.
 */
export function isUnchanged(before: RecordedWalk | undefined, now: RecordedWalk): boolean {
  return before !== undefined && gist(before) === gist(now)
}

function gist({ steps }: RecordedWalk): string {
  return JSON.stringify(
    steps.map(({ id, typed, said, events }) => ({
      id,
      typed,
      said: withoutWeights(said).replaceAll(/\d+/g, '0').replaceAll(/\s+/g, ' '),
      halts: events.flatMap((event) => {
        if (!('debugger' in event) || event.debugger.type !== 'target' || event.debugger.state.is !== 'halted') return []
        const { at, breakpoint } = event.debugger.state
        // Where a halt by hand finds the server is chance.
        return breakpoint === null ? [] : [`${at.file}:${at.line}`]
      }),
      played: events.length > 0,
    })),
  )
}

/** What pprof said of a profile without its rows (`10ms 1.5% 3% 20ms 3% name`, `20ms 100% | name`), sums, the weights beside lines of source, and which build it is of. */
function withoutWeights(said: string): string {
  if (!/^(?:Type: \w+|ROUTINE =+ .*)$/m.test(said)) return said
  return said
    .replaceAll(/^(?:Build ID:|Duration:|Total:|Showing nodes|Showing top \d|Dropped \d).*$/gm, '')
    .replaceAll(/^ *-?[\d.]+\w* +-?[\d.]+% .*$/gm, '')
    .replaceAll(/^ *\S+ +\S+ (?=\(flat, cum\)| *\d+:)/gm, '')
    .replaceAll(/(?<=\(flat, cum\)).*$/gm, '')
}
