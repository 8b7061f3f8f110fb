/**
 * Stop to highlighted line, on loopback: from the bytes of a halt reaching the relay's process to the frame in which a real browser shows the line
 * marked. Real sandbox, relay and site; the breakpoint and the request of the first chapter, typed at the page's terminals.
 */
import { type Browser, chromium as playwright } from '@playwright/test'
import type { ChapterData } from '../../src/browser/chapter-data.ts'
import { startRelay } from '../../src/relay/relay.ts'
import { openBubblewrap } from '../../src/sandbox/bubblewrap/bubblewrap.ts'
import { CHROMIUM_FLAGS } from '../support/chromium.ts'
import type { Bench, Lab } from './bench.ts'
import { BrowserReader, type Sample } from './browser-reader.ts'
import { percentile, type Row } from './table.ts'
import { type WatchedBackend, watchBackend } from './watched-backend.ts'

const CHAPTER = 'create-a-pod'
/** Requests that halt at the breakpoint, and steps from there. */
const ROUNDS = 6
const STEPS = 6
const BUDGET = 100

export const stopToLine: Bench = {
  title: 'Stop to highlighted line in Chromium, from the halt’s bytes in the relay to the frame',
  run: async ({ built, site, chromium, log, signal }) => {
    const backend = watchBackend(await openBubblewrap({ built: await built(), log: () => {} }), signal)
    const relay = await startRelay({ site, host: '127.0.0.1', port: 0, log })
    const browser = await playwright.launch({ executablePath: chromium, args: CHROMIUM_FLAGS })
    try {
      relay.goLive({ backend })
      return await walk({ log, signal }, backend, browser, relay.url)
    } finally {
      await browser.close()
      await relay.close()
      await backend.close()
    }
  },
}

async function walk({ log, signal }: Pick<Lab, 'log' | 'signal'>, backend: WatchedBackend, browser: Browser, url: string): Promise<Row[]> {
  const reader = await BrowserReader.open({ browser, backend, url: `${url}/${CHAPTER}/`, signal })
  log(`  The clocks of browser and relay differ by ${reader.ahead.toFixed(2)} ms, which is taken out.`)
  await reader.goLive()
  for (const line of await breakpointCommands(url)) {
    const prompt = backend.nextPrompt('debugger')
    await reader.type('debugger', line)
    await prompt
  }
  const halts: Sample[] = []
  const steps: Sample[] = []
  const frames: Sample[] = []
  let free = Promise.resolve()
  for (let round = 0; round < ROUNDS; round++) {
    signal.throwIfAborted()
    const resumed = backend.nextNews(['resumed'])
    await reader.type('debugger', 'continue')
    await resumed
    await free
    free = backend.nextPrompt('shell')
    halts.push(await reader.measure('shell', `kubectl run nginx-${round} --image=nginx`))
    for (let step = 0; step < STEPS; step++) steps.push(await reader.measure('debugger', 'next'))
    for (const command of ['up', 'down']) frames.push(await reader.measure('debugger', command))
  }
  return [
    ...rows('breakpoint, hit by kubectl', halts),
    ...rows('next', steps),
    ...rows('up and down, in another file', frames),
    ...rows('all of these', [...halts, ...steps, ...frames], BUDGET),
  ]
}

/** What the chapter's walk types to set its breakpoint, up to the first `continue`. */
async function breakpointCommands(url: string): Promise<string[]> {
  const data = (await (await fetch(`${url}/data/${CHAPTER}/walks.json`)).json()) as ChapterData
  const typed = data.walks[0]?.steps.map((step) => step.typed) ?? []
  return typed.slice(0, typed.indexOf('continue'))
}

function rows(what: string, samples: readonly Sample[], budget: number | null = null): Row[] {
  const fromTap = samples.map(({ tap, line }) => line - tap)
  const fromKey = samples.map(({ key, line }) => line - key)
  return [
    {
      what: `${what}: p50`,
      value: percentile(fromTap, 0.5),
      unit: 'ms',
      budget: null,
      note: `from the key ${percentile(fromKey, 0.5).toFixed(0)} ms`,
    },
    {
      what: `${what}: p95`,
      value: percentile(fromTap, 0.95),
      unit: 'ms',
      budget,
      note: `from the key ${percentile(fromKey, 0.95).toFixed(0)} ms, ${samples.length} times`,
    },
  ]
}
