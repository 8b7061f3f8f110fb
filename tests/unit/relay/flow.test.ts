/** Floods of output, and pages that do not read. */
import { expect, test } from 'vitest'
import { TERMINAL_WINDOW } from '../../../src/sandbox/sandbox.ts'
import { openReader } from '../../support/reader.ts'
import { openLiveRelay } from './relay-fixture.ts'
import type { StubTerminal } from './stub-backend.ts'

const LINE = Buffer.from(`${'0123456789'.repeat(7)}\r\n`)
const CHUNK = Buffer.concat(Array.from({ length: 400 }, () => LINE))

/** Says `bytes` as a supervisor does: never more than the window ahead of what was acknowledged. */
async function flood(terminal: StubTerminal, bytes: number): Promise<void> {
  const end = terminal.said + bytes
  while (terminal.said < end) {
    if (terminal.said - terminal.acknowledged + CHUNK.length > TERMINAL_WINDOW) await terminal.acknowledgement()
    else terminal.say(CHUNK)
  }
}

test('a flood passes whole, and everything is acknowledged', async () => {
  const { url, sandbox } = await openLiveRelay()
  const reader = await openReader({ url })
  await reader.session('live')
  const shell = sandbox().terminal('shell')
  await flood(shell, 5_000_000)
  shell.say('the end')
  await reader.says('shell', 'the end')
  await shell.settled()
  expect(reader.bytes.shell).toBe(shell.said)
})

test('a page that does not read holds up nobody, takes no memory, and sees the screen when it reads again', async () => {
  const { url, sandbox } = await openLiveRelay()
  const reader = await openReader({ url })
  await reader.session('live')
  const slow = await openReader({ url, cookie: reader.cookie })
  await slow.session('live')
  await slow.says('shell', '')
  slow.socket.pause()
  const shell = sandbox().terminal('shell')
  const before = process.memoryUsage.rss()
  await flood(shell, 30_000_000)
  shell.say('the end')
  await reader.says('shell', 'the end')
  await shell.settled()
  expect(process.memoryUsage.rss() - before).toBeLessThan(150 * 1024 * 1024)
  slow.socket.resume()
  await slow.says('shell', 'the end')
  expect(slow.bytes.shell).toBeLessThan(shell.said)
  const screens = [slow, reader].map((each) => each.text('shell').split('\n').slice(-24))
  expect(screens[0]).toEqual(screens[1])
  shell.say(' and more')
  await slow.says('shell', 'the end and more')
})

test('while nobody looks, a flood goes on and the screen is kept', async () => {
  const { url, sandbox } = await openLiveRelay()
  const first = await openReader({ url })
  await first.session('live')
  await first.close()
  const shell = sandbox().terminal('shell')
  await flood(shell, 2_000_000)
  shell.say('the end')
  await shell.settled()
  await (await openReader({ url, cookie: first.cookie })).says('shell', 'the end')
})
