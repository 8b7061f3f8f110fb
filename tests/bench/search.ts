/**
 * Function search: what it weighs, how soon the first result is there, what a keystroke costs, and how well it answers the questions of
 * `tests/fixtures/search/queries.yaml` beside three others that were given the same functions.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium as playwright } from '@playwright/test'
import { startRelay } from '../../src/relay/relay.ts'
import { CHROMIUM_FLAGS } from '../support/chromium.ts'
import { type Question, questions } from '../support/search-questions.ts'
import type { Bench } from './bench.ts'
import { firstResults, keystrokes } from './search-page.ts'
import { fuzzysortPeer, ours, type Peer, pagefindPeer, ufuzzyPeer } from './search-peers.ts'
import { percentile, type Row } from './table.ts'

const KIB = 1024
/** Fresh browsers for the first result. */
const TIMES = 10

export const search: Bench = {
  title: 'Function search',
  run: async ({ site, chromium, log, signal }) => {
    const relay = await startRelay({ site, host: '127.0.0.1', port: 0, log: () => {} })
    const browser = await playwright.launch({ executablePath: chromium, args: CHROMIUM_FLAGS })
    const folder = await mkdtemp(join(tmpdir(), 'follow-the-request-search-'))
    try {
      const mine = await ours(site)
      const rows: Row[] = [
        { what: 'list of what people wrote', value: mine.bytes / KIB, unit: 'KiB', budget: 300, note: 'gzip; all that the first result needs' },
        { what: 'list of generated code', value: mine.later / KIB, unit: 'KiB', budget: null, note: 'gzip; loaded afterwards' },
      ]
      log('first result …')
      const first = await firstResults(browser, relay.url, TIMES)
      rows.push({
        what: 'opened to first result, median',
        value: percentile(first, 0.5),
        unit: 'ms',
        budget: 150,
        note: `${TIMES} fresh browsers, nothing cached`,
      })
      rows.push({ what: 'opened to first result, p95', value: percentile(first, 0.95), unit: 'ms', budget: null })
      const asked = await questions()
      log('keystrokes …')
      const typed = await keystrokes(browser, relay.url, typedOut(asked, 3))
      rows.push({ what: 'keystroke in the page, median', value: percentile(typed, 0.5), unit: 'ms', budget: null, note: 'query, rows and layout' })
      rows.push({
        what: 'keystroke in the page, p95',
        value: percentile(typed, 0.95),
        unit: 'ms',
        budget: 16,
        note: `${typed.length} of them, over all functions`,
      })
      signal.throwIfAborted()
      for (const make of [async () => mine, ufuzzyPeer, fuzzysortPeer, pagefindPeer]) {
        const peer = await make({ site, browser, folder })
        const row = await compared(peer, asked)
        log(`${peer.name}: ${row.note}`)
        rows.push(row)
        await peer.close()
        signal.throwIfAborted()
      }
      return rows
    } finally {
      await browser.close()
      await relay.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}

/** What a peer answers and costs. */
async function compared(peer: Peer, asked: readonly Question[]): Promise<Row> {
  let right = 0
  for (const question of asked) if (await peer.answers(question)) right++
  const took: number[] = []
  for (const text of typedOut(asked, 12)) took.push(await peer.time(text))
  const ms = (share: number) => `${percentile(took, share).toFixed(1)} ms`
  return {
    what: `${peer.name}: answered right`,
    value: (100 * right) / asked.length,
    unit: '%',
    budget: null,
    note: `${right} of ${asked.length}; keystroke ${ms(0.5)}, p95 ${ms(0.95)}; ${(peer.bytes / KIB).toFixed(0)} KiB; ready in ${peer.ready.toFixed(0)} ms`,
  }
}

/** Every nth question as it is typed, letter by letter: pasted ones are too long to be typed. */
function typedOut(asked: readonly Question[], nth: number): string[] {
  return asked
    .filter(({ ask }, at) => at % nth === 0 && ask.length < 40)
    .flatMap(({ ask }) => Array.from({ length: ask.length }, (_, at) => ask.slice(0, at + 1)))
}
