/** Source pages: what they add to the site, how soon one can be used, when its colours are there, and how it scrolls. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, type Page, chromium as playwright } from '@playwright/test'
import { startRelay } from '../../src/relay/relay.ts'
import { CHROMIUM_FLAGS } from '../support/chromium.ts'
import type { Bench, Lab } from './bench.ts'
import { percentile, type Row } from './table.ts'

const MB = 1e6
/** Bytes that a file takes on most disks: whole blocks of this size, and one for each folder. */
const BLOCK = 4_096
/** Loads of each page; the first one warms the relay's cache of compressed files. */
const TIMES = 5
/** Frames of one scroll, and pixels between them: fast enough that new parts come all the time. */
const FRAMES = 120
const STEP = 400

/** Milliseconds until a page can be used. */
const USABLE = 300

/** Files of some 300, 3,000 and 20,000 lines, each opened at a line in a function of its last part. */
const FILES = [
  { lines: '284 lines', path: '/source/k8s.io/apiserver/pkg/endpoints/handlers/create.go/', line: 182 },
  { lines: '3,278 lines', path: '/source/std/net/http/transport.go/', line: 3_000 },
  { lines: '26,545 lines', path: '/source/go.etcd.io/etcd/api/v3/etcdserverpb/rpc.pb.go/', line: 26_000 },
] as const

/** Needs no sandbox: only the built site and a browser. */
export const sourcePages: Bench & { run(lab: Pick<Lab, 'site' | 'chromium' | 'log'>): Promise<Row[]> } = {
  title: 'Source pages',
  run: async ({ site, chromium, log }) => {
    const rows = await sizes(site)
    const relay = await startRelay({ site, host: '127.0.0.1', port: 0, log })
    const browser = await playwright.launch({ executablePath: chromium, args: CHROMIUM_FLAGS })
    try {
      for (const { lines, path, line } of FILES) {
        log(`source pages: ${lines}`)
        rows.push(...(await opened(browser, `${relay.url}${path}#L${line}`, lines)))
      }
      return rows
    } finally {
      await browser.close()
      await relay.close()
    }
  },
}

async function sizes(site: string): Promise<Row[]> {
  const entries = await readdir(site, { recursive: true, withFileTypes: true })
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }) => ({ path: join(parentPath, name), size: (await stat(join(parentPath, name))).size })),
  )
  const pages = files.filter(({ path }) => path.startsWith(join(site, 'source/')) && path.endsWith('.go/index.html'))
  const sum = (of: typeof files) => of.reduce((total, { size }) => total + size, 0)
  const folders = entries.filter((entry) => entry.isDirectory()).length
  const blocks = files.reduce((total, { size }) => total + Math.ceil(size / BLOCK), folders) * BLOCK
  return [
    { what: 'site', value: sum(files) / MB, unit: 'MB', budget: 150, note: `${(blocks / MB).toFixed(0)} MB in blocks of 4 KiB with its folders` },
    { what: 'site, files', value: files.length, unit: '', budget: 10_000 },
    { what: 'site, largest file', value: Math.max(...files.map(({ size }) => size)) / MB, unit: 'MB', budget: 5 },
    { what: 'source pages', value: sum(pages) / MB, unit: 'MB', budget: null, note: `${pages.length} pages` },
  ]
}

async function opened(browser: Browser, url: string, lines: string): Promise<Row[]> {
  const usable: number[] = []
  const coloured: number[] = []
  const tasks: number[] = []
  const frames: number[] = []
  const shifts: number[] = []
  for (let time = 0; time <= TIMES; time++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await page.addInitScript(watch)
    await page.goto(url)
    const seen = await told(page)
    const jank = await page.evaluate(scrolled, { frames: FRAMES, step: STEP })
    await context.close()
    if (time === 0) continue
    usable.push(seen.usable)
    coloured.push(seen.coloured)
    tasks.push(Math.max(0, ...seen.tasks))
    shifts.push(seen.shifts)
    frames.push(...jank)
  }
  const median = (values: readonly number[]) => percentile(values, 0.5)
  return [
    {
      what: `${lines}: usable`,
      value: median(usable),
      unit: 'ms',
      budget: USABLE,
      note: `the target’s number can be clicked, its function is named and marked in the outline; median of ${TIMES}, from navigation`,
    },
    {
      what: `${lines}: window coloured`,
      value: median(coloured),
      unit: 'ms',
      budget: null,
      note: 'every word in the window that ever gets a colour',
    },
    { what: `${lines}: longest task of the page`, value: median(tasks), unit: 'ms', budget: null },
    { what: `${lines}: layout shift`, value: Math.max(...shifts), unit: '', budget: 0 },
    { what: `${lines}: frame while scrolling, p95`, value: percentile(frames, 0.95), unit: 'ms', budget: null, note: `${STEP} px a frame` },
  ]
}

interface Seen {
  usable: number
  coloured: number
  tasks: number[]
  shifts: number
}

async function told(page: Page): Promise<Seen> {
  await page.waitForFunction(() => (window as unknown as { seen: Partial<Seen> }).seen.coloured, null, { timeout: 120_000 })
  return await page.evaluate(() => (window as unknown as { seen: Seen }).seen)
}

/** Runs in the page before its own scripts: notes when the target's line can be used, and when all that is in the window has its colours. */
function watch(): void {
  const seen: Partial<Seen> & { tasks: number[]; shifts: number } = { tasks: [], shifts: 0 }
  Object.assign(window, { seen })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(duration)
  }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shifts += (entry as unknown as { value: number }).value
  }).observe({ type: 'layout-shift', buffered: true })

  const added: { at: number; range: AbstractRange }[] = []
  const { add } = Highlight.prototype
  Highlight.prototype.add = function (range) {
    added.push({ at: performance.now(), range })
    return add.call(this, range)
  }
  const inWindow = ({ top, bottom }: DOMRect) => bottom > 0 && top < innerHeight
  const placeOf = ({ startContainer, startOffset, endContainer, endOffset }: AbstractRange) => {
    const range = document.createRange()
    range.setStart(startContainer, startOffset)
    range.setEnd(endContainer, endOffset)
    return range.getBoundingClientRect()
  }

  const usable = () => {
    const number = document.querySelector('.no.target')
    const box = number?.getBoundingClientRect()
    const reached = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2) === number
    return reached && document.querySelector('.here .num')?.textContent && document.querySelector('.toc [aria-current]')
  }
  const look = () => {
    if (usable()) seen.usable ??= performance.now()
    const parts = seen.usable
      ? [...document.querySelectorAll<HTMLElement>('#text span')].filter((part) => inWindow(part.getBoundingClientRect()))
      : []
    if (parts.length > 0 && parts.every((part) => part.dataset.coloured !== undefined))
      seen.coloured = Math.max(...added.filter(({ range }) => inWindow(placeOf(range))).map(({ at }) => at))
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Milliseconds of each frame while the page is scrolled up. */
async function scrolled({ frames, step }: { frames: number; step: number }): Promise<number[]> {
  const times: number[] = []
  let last = performance.now()
  for (let frame = 0; frame < frames; frame++) {
    scrollBy(0, -step)
    await new Promise(requestAnimationFrame)
    const now = performance.now()
    times.push(now - last)
    last = now
  }
  return times
}
