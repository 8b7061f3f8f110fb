/** Matches promised words with what a tool said. */
import { scrub } from './scrub.ts'

/**
 * Whether `said` holds the promised text. `…` in the promise, with the blanks around it, stands for anything on the same line, and a run of blanks for any run of blanks,
 * since tables line up by their widest cell. Both sides are scrubbed first.
 */
export function matches(promised: string, said: string): boolean {
  const pattern = scrub(promised.trim())
    .split(/[ \t]*…[ \t]*/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[ \t]+/g, '[ \\t]+'))
    .join('[^\\n]*?')
  return new RegExp(pattern).test(scrub(said))
}
