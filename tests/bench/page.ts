/** What a page weighs before anybody touches it: what Chromium asks a real relay for, compressed as servers do. */
import { gzipSync } from 'node:zlib'
import { chromium as playwright } from '@playwright/test'
import { startRelay } from '../../src/relay/relay.ts'
import { CHROMIUM_FLAGS } from '../support/chromium.ts'
import type { Bench } from './bench.ts'
import type { Row } from './table.ts'

const KIB = 1024
/** Milliseconds without a request after which a page counts as loaded. */
const QUIET = 1_000

/** Paths, with the budgets that a chapter has. */
const PAGES = [
  { path: '/', js: null, all: null },
  { path: '/create-a-pod/', js: 3, all: 40 },
] as const

export const page: Bench = {
  title: 'Pages before interaction (gzip -9 of what was asked for)',
  run: async ({ site, chromium, log }) => {
    const relay = await startRelay({ site, host: '127.0.0.1', port: 0, log })
    const browser = await playwright.launch({ executablePath: chromium, args: CHROMIUM_FLAGS })
    try {
      const rows: Row[] = []
      for (const { path, js, all } of PAGES) {
        const { weights, requests } = await weigh(await browser.newPage(), new URL(path, relay.url))
        const list = [...weights].map(([type, bytes]) => `${type} ${(bytes / KIB).toFixed(1)}`).join(', ')
        rows.push({ what: `${path} JavaScript`, value: (weights.get('script') ?? 0) / KIB, unit: 'KiB', budget: js })
        rows.push({ what: `${path} everything`, value: [...weights.values()].reduce((a, b) => a + b, 0) / KIB, unit: 'KiB', budget: all, note: list })
        rows.push({ what: `${path} requests`, value: requests, unit: '', budget: null, note: 'the stream of the build’s status included' })
      }
      return rows
    } finally {
      await browser.close()
      await relay.close()
    }
  },
}

/** Bytes by the kind of what was asked for. */
async function weigh(tab: import('@playwright/test').Page, url: URL): Promise<{ weights: Map<string, number>; requests: number }> {
  const weights = new Map<string, number>()
  const bodies: Promise<void>[] = []
  let requests = 0
  let settle = () => {}
  let quiet: NodeJS.Timeout | undefined
  const settled = new Promise<void>((resolve) => {
    settle = resolve
  })
  const waitOn = () => {
    clearTimeout(quiet)
    quiet = setTimeout(settle, QUIET)
  }
  tab.on('request', () => {
    requests++
    waitOn()
  })
  tab.on('requestfinished', (request) => {
    waitOn()
    bodies.push(
      (async () => {
        const body = await (await request.response())?.body().catch(() => null)
        const kind = request.resourceType()
        if (body) weights.set(kind, (weights.get(kind) ?? 0) + gzipSync(body, { level: 9 }).length)
      })(),
    )
  })
  await tab.goto(url.href)
  await settled
  await Promise.all(bodies)
  await tab.close()
  return { weights, requests }
}
