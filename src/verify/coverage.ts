/** Says where the book answers each command of the text it was founded on, and which it does not. */

import { answersOf } from '../book/founding.ts'
import { loadBook } from '../book/load.ts'

/** Logs every command with its answers. Resolves with how many have none. Throws BookError when the book itself is wrong. */
export async function reportCoverage(content: string, log: (line: string) => void): Promise<number> {
  const all = await answersOf(content, await loadBook(content, { recordings: 'ignored' }))
  let section = ''
  for (const one of all) {
    if (one.section !== section) log(`\n${one.section}`)
    section = one.section
    log(`  ${one.id}  ${one.text}\n    ${one.answers.length > 0 ? one.answers.join(', ') : 'MISSING'}`)
  }
  const missing = all.filter(({ answers }) => answers.length === 0).length
  log(`\n${all.length - missing} of ${all.length} commands answered`)
  return missing
}
