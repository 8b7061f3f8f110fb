/** A supervisor that says whatever it likes: the line to it must take none of it on trust. */
import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { PER_SECOND, SAVED } from '../../../../src/sandbox/link/allowance.ts'
import { FRAME, FrameReader, MAX_FRAME } from '../../../../src/sandbox/link/frames.ts'
import type { FromSupervisor } from '../../../../src/sandbox/link/messages.ts'
import { SupervisedSandbox } from '../../../../src/sandbox/link/supervised-sandbox.ts'
import { PLAIN, TERMINAL_WINDOW } from '../../../../src/sandbox/sandbox.ts'

function frame(kind: number, payload: Uint8Array | string, length = Buffer.byteLength(payload as string) + 1): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt32BE(length)
  head[4] = kind
  return Buffer.concat([head, Buffer.from(payload as string)])
}

function numbered(kind: number, id: number, ...bytes: number[]): Buffer {
  return frame(kind, Uint8Array.from([id >> 8, id & 255, ...bytes]))
}

/** A sandbox whose supervisor is the test. */
function open() {
  const toSupervisor = new PassThrough()
  const fromSupervisor = new PassThrough()
  const removed = { times: 0 }
  const asked: { type: string; request?: number; terminal?: number; stream?: number }[] = []
  const frames = new FrameReader()
  toSupervisor.on('data', (bytes: Buffer) => {
    for (const { kind, payload } of frames.take(bytes)) if (kind === FRAME.control) asked.push(JSON.parse(payload.toString()))
  })
  const sandbox = new SupervisedSandbox({
    id: '1',
    substitute: [['a', 'b']],
    setup: PLAIN,
    toSupervisor,
    fromSupervisor,
    onProgress: () => {},
    remove: async () => {
      removed.times += 1
    },
  })
  const tell = (message: FromSupervisor | object) => fromSupervisor.write(frame(FRAME.control, JSON.stringify(message)))
  async function openTerminal(onOutput: (bytes: Buffer) => void = () => {}) {
    const opening = sandbox.openTerminal({ program: 'shell', columns: 80, rows: 24, onOutput })
    await setImmediate()
    const { request, terminal } = asked.at(-1) as { request: number; terminal: number }
    tell({ type: 'done', request })
    return { terminal: await opening, id: terminal }
  }
  return { sandbox, raw: fromSupervisor, tell, asked, removed, openTerminal }
}

afterEach(() => void vi.useRealTimers())

test.each([
  ['a frame that is too long', frame(FRAME.control, 'x', MAX_FRAME + 1)],
  ['a frame of no length', frame(FRAME.control, '', 0)],
  ['a frame of an unknown kind', numbered(9, 1)],
  ['a terminal without its number', frame(FRAME.terminal, 'x')],
  ['words that are not JSON', frame(FRAME.control, '{')],
  ['a message of an unknown type', frame(FRAME.control, '{"type":"format-disk"}')],
  ['a message with something more in it', frame(FRAME.control, '{"type":"ready","and":1}')],
  ['a control message that is too long', frame(FRAME.control, JSON.stringify({ type: 'progress', words: 'x'.repeat(20_000) }))],
  ['an answer that nobody asked for', frame(FRAME.control, '{"type":"done","request":77}')],
])('%s ends the sandbox, with a reason, once', async (_, bytes) => {
  const { sandbox, raw, removed } = open()
  raw.write(bytes)
  raw.write(bytes)
  expect(await sandbox.ended).toEqual({ reason: 'died', words: expect.stringContaining('its supervisor broke the rules') })
  await expect(sandbox.ready).rejects.toThrow('broke the rules')
  await sandbox.close()
  expect(removed.times).toBe(1)
})

test('frames are put together from bytes that come one at a time', async () => {
  const { sandbox, raw } = open()
  for (const byte of frame(FRAME.control, '{"type":"ready"}')) raw.write(Uint8Array.of(byte))
  await sandbox.ready
})

test('a terminal that says more than its window ends the sandbox', async () => {
  const { sandbox, raw, openTerminal } = open()
  const { id, terminal } = await openTerminal()
  const chunk = new Array<number>(32_768).fill(120)
  for (let said = 0; said <= TERMINAL_WINDOW; said += chunk.length) raw.write(numbered(FRAME.terminal, id, ...chunk))
  expect(await sandbox.ended).toMatchObject({ words: expect.stringContaining('outstanding') })
  expect(await terminal.exited).toBe(-1)
})

test('bytes of terminals and streams that are not there are dropped', async () => {
  const { sandbox, raw, tell } = open()
  raw.write(numbered(FRAME.terminal, 500, 1))
  raw.write(numbered(FRAME.stream, 500, 1))
  tell({ type: 'terminal-ended', terminal: 500, code: 0 })
  tell({ type: 'ready' })
  await sandbox.ready
})

test('a refusal carries the words of the supervisor, and the next try is made anew', async () => {
  const { sandbox, tell, asked } = open()
  const first = sandbox.attachDebugger()
  await setImmediate()
  tell({ type: 'refused', request: asked.at(-1)?.request, why: 'not ready yet' })
  await expect(first).rejects.toThrow('not ready yet')
  const second = sandbox.attachDebugger()
  await setImmediate()
  tell({ type: 'done', request: asked.at(-1)?.request })
  await second
})

test('whoever waits for an answer is told when the sandbox ends', async () => {
  const { sandbox } = open()
  const waiting = sandbox.attachDebugger()
  sandbox.over({ reason: 'died', words: 'gone' })
  await expect(waiting).rejects.toThrow('the sandbox is gone')
  await expect(sandbox.dialDebugger()).rejects.toThrow('the sandbox is gone')
})

test('a terminal gets what it is sent, in order, and tells its exit code', async () => {
  const { raw, tell, openTerminal } = open()
  const said: string[] = []
  const { id, terminal } = await openTerminal((bytes) => said.push(bytes.toString()))
  raw.write(Buffer.concat([numbered(FRAME.terminal, id, 104, 105), numbered(FRAME.terminal, id, 33)]))
  tell({ type: 'terminal-ended', terminal: id, code: 3 })
  expect(await terminal.exited).toBe(3)
  expect(said.join('')).toBe('hi!')
})

test('a sandbox that causes more work than its share is not heard for a while, and then again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const { sandbox, raw, tell } = open()
  const heard: string[] = []
  sandbox.onEvent((event) => heard.push(event.type))
  sandbox.charge(SAVED + PER_SECOND)
  tell({ type: 'tap-closed', connection: 1 })
  await setImmediate()
  vi.advanceTimersByTime(900)
  await setImmediate()
  expect(heard).toEqual([])
  vi.advanceTimersByTime(200)
  await setImmediate()
  expect(heard).toEqual(['tap-closed'])
  expect(raw.isPaused()).toBe(false)
})

test('a flood of messages runs the allowance down by itself, and the sandbox that waits can be closed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  const { sandbox, raw, tell, removed } = open()
  let heard = 0
  sandbox.onEvent(() => {
    heard += 1
  })
  for (let count = 0; count < 30_000; count++) tell({ type: 'tap-closed', connection: 1 })
  await setImmediate()
  expect(raw.isPaused()).toBe(true)
  expect(heard).toBeLessThan(20_000)
  await sandbox.close()
  expect(raw.isPaused()).toBe(false)
  expect(vi.getTimerCount()).toBe(0)
  expect(removed.times).toBe(1)
})

test('each process ends once, and only those of a control plane do', async () => {
  const { sandbox, tell } = open()
  const heard: unknown[] = []
  sandbox.onEvent((event) => heard.push(event.type === 'process-ended' && `${event.name}: ${event.words}`))
  for (const words of ['first', 'again', 'and again']) {
    for (const name of ['etcd', 'dlv']) tell({ type: 'process-ended', name, words })
  }
  await setImmediate()
  expect(heard).toEqual(['etcd: first', 'dlv: first'])
  tell({ type: 'process-ended', name: 'etcd2', words: '' })
  expect(await sandbox.ended).toMatchObject({ reason: 'died' })
})
