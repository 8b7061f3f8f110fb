/** The tests' reader: a built site served by a real relay, recorded only or with real sandboxes. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { test as base, expect, type Locator, type Page } from '@playwright/test'
import { builtAlready } from '../../src/pins/built-already.ts'
import { type Relay, startRelay } from '../../src/relay/relay.ts'
import { openBubblewrap } from '../../src/sandbox/bubblewrap/bubblewrap.ts'
import { type FakeSandbox, openFake } from '../../src/sandbox/fake/fake.ts'
import { sandboxPrograms } from '../../src/sandbox/programs.ts'
import { type Backend, PLAIN, SandboxError, type Setup } from '../../src/sandbox/sandbox.ts'

/** The built site; `npm test` builds it before. */
const SITE = resolve('dist')
export const CHAPTER = '/create-a-pod/'
/** What the make-believe relay knows of walks: the first exercise is given a need of its own. */
const SETUPS = new Map([['create-a-pod/what-admission-adds', { ...PLAIN, server: ['--v=6'] }]])

export interface Fake {
  /** A relay of one's own with make-believe sandboxes, for what need not be real. It does not say that it is live until the test makes it. */
  fake: { relay: Relay; backend: Backend; sandboxes: readonly FakeSandbox[]; setups: readonly (Setup | null)[] }
}

interface Relays {
  /** A relay that has no sandboxes. */
  recorded: Relay
  /** A relay with real sandboxes; tests that ask for it are skipped, with the reason, where none can be had. */
  live: Relay
  backend: Backend | string
}

export const test = base.extend<Fake, Relays>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from the pattern.
  fake: async ({}, use) => {
    const sandboxes: FakeSandbox[] = []
    const setups: (Setup | null)[] = []
    const backend = remembering(openFake(), sandboxes, setups)
    const relay = await startRelay({ site: SITE, host: '127.0.0.1', port: 0, log: () => {}, setups: SETUPS })
    await use({ relay, backend, sandboxes, setups })
    await relay.close()
    await backend.close()
  },
  recorded: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from the pattern.
    async ({}, use) => {
      const relay = await startRelay({ site: SITE, host: '127.0.0.1', port: 0, log: () => {} })
      await use(relay)
      await relay.close()
    },
    { scope: 'worker' },
  ],
  backend: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from the pattern.
    async ({}, use) => {
      const backend = await openReal()
      await use(backend)
      if (typeof backend !== 'string') await backend.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  live: [
    async ({ backend }, use) => {
      test.skip(typeof backend === 'string', String(backend))
      const relay = await startRelay({ site: SITE, host: '127.0.0.1', port: 0, log: () => {} })
      if (typeof backend !== 'string') relay.goLive({ backend, ahead: 1 })
      await use(relay)
      await relay.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

/** A backend that keeps what it opened, so that a test can do to a sandbox what a reader or the machine would. */
function remembering(backend: Backend, sandboxes: FakeSandbox[], setups: (Setup | null)[]): Backend {
  return {
    ...backend,
    open: async (options) => {
      setups.push(options?.setup ?? null)
      const sandbox = await backend.open(options)
      sandboxes.push(sandbox as FakeSandbox)
      return sandbox
    },
  }
}

/** Real sandboxes, or why there are none. */
async function openReal(): Promise<Backend | string> {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'follow-the-request')
  const built = await builtAlready({ groups: sandboxPrograms, cache })
  if (!built) return 'the programs are not built (npm run build -- --programs)'
  try {
    return await openBubblewrap({ built, log: () => {} })
  } catch (error) {
    if (error instanceof SandboxError) return `${error.message} ${error.fix}`
    throw error
  }
}

/** What a reader sees of a chapter. */
export class Chapter {
  readonly page: Page
  readonly line: Locator
  readonly current: Locator

  constructor(page: Page) {
    this.page = page
    this.line = page.locator('.work .session')
    this.current = page.locator('.work .ln[aria-current]')
  }

  /** The step with this number, counted from 1. */
  step(number: number): Locator {
    return this.page.locator('.step').nth(number - 1)
  }

  run(number: number): Promise<void> {
    return this.step(number).locator('.run').click()
  }

  /** Answers what the page asks at a step. */
  answer(number: number, words: string): Promise<void> {
    return this.step(number).locator('.asks').getByRole('button', { name: words }).click()
  }

  /** What a terminal shows, as a screen reader has it. */
  terminal(name: 'debugger' | 'shell'): Locator {
    return this.page.locator(`#${name} .xterm-accessibility-tree`)
  }

  /** Types into a terminal by hand, without Enter. */
  async begin(name: 'debugger' | 'shell', text: string): Promise<void> {
    await this.page.locator(`#${name} .xterm-helper-textarea`).focus()
    await this.page.keyboard.type(text)
  }

  /** Types a line into a terminal by hand. */
  type(name: 'debugger' | 'shell', line: string): Promise<void> {
    return this.begin(name, `${line}\n`)
  }

  /** Runs the steps from `from` to `to`, and expects each to end as promised. */
  async walk(from: number, to: number, timeout = 30_000): Promise<void> {
    for (let number = from; number <= to; number++) {
      await this.run(number)
      const step = this.step(number)
      await expect(step, `step ${number}`).toHaveAttribute('data-state', /passed|here|differs/, { timeout })
      expect(await step.getAttribute('data-state'), `step ${number}: ${await step.textContent()}`).not.toBe('differs')
    }
  }
}

export { expect }
