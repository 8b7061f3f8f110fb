/** A reader in a real browser: goes live, types at the keyboard, and is told in which frame a line was marked. */
import type { Browser, Page } from '@playwright/test'
import type { TerminalName } from '../../src/protocol/messages.ts'
import { now, type WatchedBackend, within } from './watched-backend.ts'

/** When things happened: milliseconds since the epoch, in this process's clock. */
export interface Sample {
  /** Enter was pressed in the page. */
  key: number
  /** The bytes of the halt, or of the chosen frame, reached this process. */
  tap: number
  /** The frame with the marked line was about to be drawn. */
  line: number
}

/** What the page tells; times are in its clock. */
type Told = { is: 'enter'; at: number } | { is: 'mark'; at: number; file: string; line: number }

export class BrowserReader {
  readonly #page: Page
  readonly #backend: WatchedBackend
  readonly #signal: AbortSignal
  /** Milliseconds the page's clock is ahead of ours. */
  readonly ahead: number
  readonly #listeners = new Set<(told: Told) => void>()

  /** Opens `url` and begins to watch the page. */
  static async open({
    browser,
    backend,
    url,
    signal,
  }: {
    browser: Browser
    backend: WatchedBackend
    url: string
    signal: AbortSignal
  }): Promise<BrowserReader> {
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } })
    let reader: BrowserReader | undefined
    await page.exposeBinding('told', (_source, told: Told) => {
      if (reader) reader.#hear(told)
    })
    await page.addInitScript(watchPage)
    await page.goto(url)
    reader = new BrowserReader(page, backend, await clockDifference(page), signal)
    return reader
  }

  private constructor(page: Page, backend: WatchedBackend, ahead: number, signal: AbortSignal) {
    this.#signal = signal
    this.#page = page
    this.#backend = backend
    this.ahead = ahead
  }

  /** Switches to Live and waits for both prompts. */
  async goLive(): Promise<void> {
    const prompts = Promise.all([this.#backend.nextPrompt('debugger'), this.#backend.nextPrompt('shell')])
    await this.#page.locator('.session .either button[value=live]').click()
    await prompts
    await this.#page.locator('.session[data-line=live]').waitFor()
  }

  /** Types a line and Enter, as at a keyboard. */
  async type(terminal: TerminalName, line: string): Promise<void> {
    await this.#page.locator(`#${terminal} .screen`).click()
    await this.#page.keyboard.type(line)
    await this.#page.keyboard.press('Enter')
  }

  /** Types a line that halts the target elsewhere or chooses a frame. Resolves when Delve's prompt is back. */
  async measure(terminal: TerminalName, line: string): Promise<Sample> {
    const prompt = this.#backend.nextPrompt('debugger')
    const noted = this.#backend.nextNews(['stopped', 'frame'])
    const marks: Extract<Told, { is: 'mark' }>[] = []
    const listener = (told: Told) => told.is === 'mark' && marks.push(told)
    this.#listeners.add(listener)
    const entered = this.#next('The Enter key', (told) => told.is === 'enter')
    await this.type(terminal, line)
    const { at: key } = await entered
    const { news, at: tap } = await noted
    const at = news.is === 'frame' ? news.at : news.is === 'stopped' ? news.state.currentThread : null
    if (!at) throw new Error(`After "${line}" the target is nowhere.`)
    const isIt = (told: Told) => told.is === 'mark' && told.file === at.file && told.line === at.line
    const mark = marks.find(isIt) ?? (await this.#next(`The mark at ${at.file}:${at.line} after "${line}"`, isIt))
    this.#listeners.delete(listener)
    await prompt
    return { key, tap, line: mark.at }
  }

  #next(what: string, wanted: (told: Told) => boolean): Promise<Told> {
    const came = new Promise<Told>((resolve) => {
      const listener = (told: Told) => {
        if (!wanted(told)) return
        this.#listeners.delete(listener)
        resolve(told)
      }
      this.#listeners.add(listener)
    })
    const result = within(came, what, this.#signal)
    result.catch(() => {})
    return result
  }

  #hear(told: Told) {
    for (const listener of [...this.#listeners]) listener({ ...told, at: told.at - this.ahead })
  }
}

/** Runs in the page. A line counts as marked in the first frame after the mark was set. */
function watchPage(): void {
  const tell = (window as unknown as { told: (told: Told) => void }).told
  const time = () => performance.timeOrigin + performance.now()
  addEventListener(
    'keydown',
    (event) => {
      if ((event as KeyboardEvent).key === 'Enter') tell({ is: 'enter', at: time() })
    },
    true,
  )
  new MutationObserver(() => {
    const line = document.querySelector<HTMLElement>('#source .ln[aria-current]')
    const path = document.querySelector<HTMLElement>('#source .path')
    if (!line || !path) return
    requestAnimationFrame(() => tell({ is: 'mark', at: time(), file: path.title, line: Number(line.dataset.line) }))
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['aria-current'] })
}

/** Both clocks count from the same one of the machine, but each took its start from it by itself: the best of many round trips tells the rest. */
async function clockDifference(page: Page): Promise<number> {
  let best = { trip: Number.POSITIVE_INFINITY, difference: 0 }
  for (let count = 0; count < 30; count++) {
    const before = now()
    const theirs = await page.evaluate(() => performance.timeOrigin + performance.now())
    const trip = now() - before
    if (trip < best.trip) best = { trip, difference: theirs - (before + trip / 2) }
  }
  return best.difference
}
