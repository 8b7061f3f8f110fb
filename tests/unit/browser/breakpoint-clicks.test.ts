/** Clicks on lines and Continue, as commands at the debugger's prompt: in what order they are typed, and when not at all. */
import { beforeEach, expect, test, vi } from 'vitest'
import { BreakpointClicks } from '../../../src/browser/breakpoint-clicks.ts'
import { DebuggerModel } from '../../../src/browser/debugger-model.ts'
import type { ShortPaths } from '../../../src/browser/short-paths.ts'
import type { TerminalPane } from '../../../src/browser/terminal-pane.ts'
import { Turns } from '../../../src/browser/turns.ts'
import type { FromPage } from '../../../src/protocol/messages.ts'

/** A debugger of few words: each line is taken, `continue` sends the server running, and the prompt is back otherwise. */
class Debugger {
  readonly model = new DebuggerModel()
  readonly lines: string[] = []
  prompt: 'empty' | 'busy' = 'empty'
  #typed = ''
  #output = new Set<() => void>()

  readonly pane = {
    onOutput: (listener: () => void) => {
      this.#output.add(listener)
      return () => this.#output.delete(listener)
    },
    nextPrompt: () => new Promise<void>((resolve) => this.#output.add(() => this.prompt === 'empty' && resolve())),
  }

  constructor() {
    Object.defineProperty(this.pane, 'prompt', { get: () => this.prompt })
  }

  hear(message: FromPage): void {
    if (message.type === 'halt') this.halts()
    if (message.type !== 'input') return
    if (message.text !== '\r') {
      this.#typed = message.text.startsWith('\x05') ? '' : this.#typed + message.text
      return
    }
    const line = this.#typed
    this.lines.push(line)
    this.#typed = ''
    queueMicrotask(() => (line === 'continue' ? this.runs() : this.says('empty')))
  }

  halts(): void {
    this.model.tell({ type: 'target', state: { is: 'halted', goroutine: 0, frame: 0, at, breakpoint: null } })
    this.says('empty')
  }

  runs(): void {
    this.prompt = 'busy'
    this.model.tell({ type: 'target', state: { is: 'running' } })
  }

  says(prompt: 'empty' | 'busy'): void {
    this.prompt = prompt
    for (const listener of this.#output) listener()
  }
}

const at = { file: 'runtime/sys_linux_amd64.s', line: 570, function: 'runtime.futex' }
let delve: Debugger
let turns: Turns
let clicks: BreakpointClicks

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: true }))
  vi.stubGlobal('document', { hidden: false })
  delve = new Debugger()
  turns = new Turns()
  clicks = new BreakpointClicks({
    model: delve.model,
    panes: { debugger: delve.pane as unknown as TerminalPane, shell: delve.pane as unknown as TerminalPane },
    source: { refuse: () => {} },
    paths: { of: async (path: string) => path } as ShortPaths,
    turns,
    send: (message) => delve.hear(message),
  })
  return () => vi.unstubAllGlobals()
})

test('Continue is typed after a stop that was asked for before, although the server was not yet known to be halted when both were', async () => {
  delve.prompt = 'busy'
  const stop = clicks.line('k8s.io/apiserver/create.go', 182, null, [])
  // What the relay says first of a sandbox that has just been joined: its debugger halts the server a moment later.
  delve.model.tell({ type: 'target', state: { is: 'running' } })
  const run = clicks.resume()
  delve.halts()
  await Promise.all([stop, run])
  expect(delve.lines).toEqual(['break k8s.io/apiserver/create.go:182', 'continue'])
})

test('two clicks one after the other are two lines, and a running server runs on after each', async () => {
  delve.runs()
  await Promise.all([clicks.line('a.go', 1, null, []), clicks.line('a.go', 2, null, [])])
  expect(delve.lines).toEqual(['break a.go:1', 'continue', 'break a.go:2', 'continue'])
})

test('a click waits until the step that is being typed has been entered', async () => {
  delve.halts()
  const entered = await turns.take('debugger', new AbortController().signal)
  const click = clicks.line('a.go', 1, null, [])
  await new Promise(setImmediate)
  expect(delve.lines).toEqual([])
  entered()
  await click
  expect(delve.lines).toEqual(['break a.go:1'])
})

test('a frame, or Continue, is not typed when the server runs by the time its turn comes', async () => {
  delve.halts()
  await Promise.all([clicks.resume(), clicks.resume(), clicks.frame(2)])
  expect(delve.lines).toEqual(['continue'])
})

test('nothing is typed after the session was left', async () => {
  delve.halts()
  const entered = await turns.take('debugger', new AbortController().signal)
  const click = clicks.line('a.go', 1, null, [])
  clicks.stop()
  await click
  entered()
  expect(delve.lines).toEqual([])
})
