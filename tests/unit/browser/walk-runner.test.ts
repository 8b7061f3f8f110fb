/** When a command may be typed: a terminal's prompt, and a server that is halted for it. */
import { beforeEach, expect, test, vi } from 'vitest'
import { DebuggerModel } from '../../../src/browser/debugger-model.ts'
import type { TerminalPane } from '../../../src/browser/terminal-pane.ts'
import { prompt } from '../../../src/browser/walk-runner.ts'
import type { FromPage } from '../../../src/protocol/messages.ts'

/** As much of a terminal as is asked for its prompt. */
class Pane {
  prompt: 'empty' | 'typed' | 'busy' = 'empty'
  #listeners = new Set<() => void>()

  onOutput(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  nextPrompt(): Promise<void> {
    return new Promise((resolve) => this.onOutput(() => this.prompt === 'empty' && resolve()))
  }

  says(now: 'empty' | 'typed' | 'busy'): void {
    this.prompt = now
    for (const listener of this.#listeners) listener()
  }
}

const at = { file: 'a.go', line: 1, function: 'main.main' }
const halted = (breakpoint: string | null) => ({ type: 'target', state: { is: 'halted', goroutine: 1, frame: 0, at, breakpoint } }) as const

let model: DebuggerModel
let pane: Pane
let sent: FromPage[]
const wait = () => {
  const panes = { debugger: pane as unknown as TerminalPane, shell: pane as unknown as TerminalPane }
  return prompt('debugger', { model, panes, send: (message) => sent.push(message) }, AbortSignal.timeout(5_000), () => {})
}

beforeEach(() => {
  model = new DebuggerModel()
  pane = new Pane()
  sent = []
})

test('an empty prompt of a halted server is taken at once', async () => {
  model.tell(halted(null))
  await expect(wait()).resolves.toBe(false)
  expect(sent).toEqual([])
})

test('a running server is halted, and should run on afterwards', async () => {
  model.tell({ type: 'target', state: { is: 'running' } })
  pane.prompt = 'busy'
  const waited = wait()
  expect(sent).toEqual([{ type: 'halt' }])
  model.tell(halted(null))
  pane.says('empty')
  await expect(waited).resolves.toBe(true)
})

test('a server that came to a breakpoint before it was halted stays there', async () => {
  model.tell({ type: 'target', state: { is: 'running' } })
  pane.prompt = 'busy'
  const waited = wait()
  model.tell(halted('create'))
  pane.says('empty')
  await expect(waited).resolves.toBe(false)
})

test('the prompt at which the server was sent running is not taken for the next one', async () => {
  model.tell({ type: 'target', state: { is: 'running' } })
  pane.prompt = 'typed'
  let over = false
  const waited = wait().then(() => {
    over = true
  })
  model.tell(halted(null))
  pane.says('busy')
  await new Promise(setImmediate)
  expect(over).toBe(false)
  pane.says('empty')
  await waited
})

test('what a reader had begun to type is erased, once', async () => {
  model.tell(halted(null))
  pane.prompt = 'typed'
  const waited = wait()
  await vi.waitFor(() => expect(sent).toHaveLength(1))
  pane.says('typed')
  expect(sent).toEqual([{ type: 'input', terminal: 'debugger', text: '\x05\x15' }])
  pane.says('empty')
  await expect(waited).resolves.toBe(false)
})

test('nobody waits for a prompt any longer than they want', async () => {
  model.tell({ type: 'target', state: { is: 'running' } })
  const stop = new AbortController()
  const panes = { debugger: pane as unknown as TerminalPane, shell: pane as unknown as TerminalPane }
  const waited = prompt('debugger', { model, panes, send: () => {} }, stop.signal, () => {})
  stop.abort(new Error('enough'))
  await expect(waited).rejects.toThrow('enough')
})
