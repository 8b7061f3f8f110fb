/** What a page may send: everything else is refused with a reason, and the session goes on. */
import { expect, test } from 'vitest'
import { MAX_MESSAGE, MAX_MESSAGES_PER_SECOND } from '../../../src/protocol/limits.ts'
import type { FromRelay } from '../../../src/protocol/messages.ts'
import { openReader } from '../../support/reader.ts'
import { openLiveRelay } from './relay-fixture.ts'

const isRefused = (message: FromRelay): message is Extract<FromRelay, { type: 'refused' }> => message.type === 'refused'

async function liveReader() {
  const opened = await openLiveRelay()
  const reader = await openReader({ url: opened.url })
  await reader.session('live')
  return { ...opened, reader }
}

const wrong: [string, string | Buffer, RegExp][] = [
  ['text that is no JSON', 'kubectl', /not JSON/],
  ['an empty message', '', /not JSON/],
  ['a list nested a thousand levels deep', '['.repeat(1_000) + ']'.repeat(1_000), /not understood/],
  ['a list nested as deep as a message can be', '['.repeat(MAX_MESSAGE), /not JSON/],
  ['an unknown type', '{"type":"sudo"}', /not understood: type/],
  ['an unknown terminal', '{"type":"input","terminal":"root","text":"x"}', /terminal/],
  ['a key that is not in the protocol', '{"type":"halt","now":true}', /now/],
  ['a key that would change every object', '{"type":"halt","__proto__":{"type":"end"}}', /__proto__|not understood/],
  ['a constructor for a type', '{"type":"constructor"}', /not understood/],
  ['too much text', JSON.stringify({ type: 'input', terminal: 'shell', text: 'x'.repeat(20_000) }), /16384/],
  ['no text', '{"type":"input","terminal":"shell","text":""}', /text/],
  ['a screen too wide', '{"type":"resize","terminal":"shell","columns":501,"rows":10}', /columns/],
  ['half a row', '{"type":"resize","terminal":"shell","columns":80,"rows":0.5}', /rows/],
  ['a negative size', '{"type":"resize","terminal":"shell","columns":-80,"rows":10}', /columns/],
  ['a number beyond all numbers', '{"type":"resize","terminal":"shell","columns":1e999,"rows":10}', /columns/],
  ['a message that is too large', JSON.stringify({ type: 'input', terminal: 'shell', text: 'x'.repeat(MAX_MESSAGE) }), /131072 bytes/],
  ['an unknown key with a very long name', `{"type":"halt","${'k'.repeat(100_000)}":1}`, /not understood/],
  ['binary data', Buffer.from('{"type":"end"}'), /binary/],
]

test.each(wrong)('%s is refused with a reason, and the session goes on', async (_name, message, reason) => {
  const { reader, sandbox } = await liveReader()
  reader.socket.send(message, { binary: Buffer.isBuffer(message) })
  const { why } = await reader.message(isRefused)
  expect(why).toMatch(reason)
  expect(why.length).toBeLessThanOrEqual(300)
  reader.type('shell', 'ls')
  await sandbox()
    .terminal('shell')
    .until(({ typed }) => typed === 'ls\r')
})

test('a message too large to be read closes only that socket', async () => {
  const { reader, url } = await liveReader()
  const other = await openReader({ url, cookie: reader.cookie })
  reader.socket.send('x'.repeat(9 * MAX_MESSAGE))
  expect((await reader.closed).code).toBe(1009)
  await other.says('shell', '')
  expect(other.socket.readyState).toBe(1)
})

test('text that is not UTF-8 closes only that socket', async () => {
  const { reader, url, sandbox } = await liveReader()
  const other = await openReader({ url, cookie: reader.cookie })
  reader.socket.send(Buffer.from([0x22, 0xff, 0xfe, 0x22]), { binary: false })
  expect((await reader.closed).code).toBe(1007)
  sandbox().terminal('shell').say('still here')
  await other.says('shell', 'still here')
})

test('a flood of bytes is refused, too', async () => {
  const { reader } = await liveReader()
  const paste = JSON.stringify({ type: 'input', terminal: 'shell', text: '\u0000'.repeat(16_000) })
  for (let count = 0; count < 150; count += 1) reader.socket.send(paste)
  expect((await reader.message(isRefused)).why).toContain('bytes a second')
})

test('a storm of sizes becomes a few, and the last one wins', async () => {
  const { reader, sandbox } = await liveReader()
  for (let count = 0; count < 300; count += 1) reader.send({ type: 'resize', terminal: 'shell', columns: 20 + count, rows: 30 })
  const shell = sandbox().terminal('shell')
  await shell.until(({ size }) => size.columns === 319)
  expect(shell.sizes).toBeLessThan(50)
})

test('a flood of messages is refused once a second, and what is too much is dropped', async () => {
  const { reader, sandbox } = await liveReader()
  for (let count = 0; count < 3 * MAX_MESSAGES_PER_SECOND; count += 1) reader.send({ type: 'input', terminal: 'shell', text: 'x' })
  expect((await reader.message(isRefused)).why).toContain('500 messages')
  expect(sandbox().terminal('shell').typed.length).toBeLessThanOrEqual(2 * MAX_MESSAGES_PER_SECOND)
  expect(reader.messages.filter(isRefused).length).toBeLessThanOrEqual(2)
})

test('a page that goes on and on with nonsense is cut off, the others go on', async () => {
  const { reader, url, sandbox } = await liveReader()
  const other = await openReader({ url, cookie: reader.cookie })
  for (let count = 0; count < 30; count += 1) reader.socket.send('nonsense')
  const { code, reason } = await reader.closed
  expect(code).toBe(4001)
  expect(reason).toContain('refused')
  sandbox().terminal('shell').say('still here')
  await other.says('shell', 'still here')
})

test('pings count as messages', async () => {
  const { reader } = await liveReader()
  let pongs = 0
  reader.socket.on('pong', () => {
    pongs += 1
  })
  for (let count = 0; count < 3 * MAX_MESSAGES_PER_SECOND; count += 1) reader.socket.ping()
  await reader.message(isRefused)
  expect(pongs).toBeLessThanOrEqual(2 * MAX_MESSAGES_PER_SECOND)
})

test('a terminal’s answers come from the relay, once, however many pages look', async () => {
  const { reader, url, sandbox } = await liveReader()
  await openReader({ url, cookie: reader.cookie })
  const shell = sandbox().terminal('shell')
  shell.say('\u001b[c\u001b[5;9H\u001b[6n')
  await shell.until(({ typed }) => typed === '\u001b[?1;2c\u001b[5;9R')
  for (const answer of ['\u001b[?1;2c', '\u001b[5;9R', '\u001b[0n', '\u001b]11;rgb:0000/0000/0000\u001b\\'])
    reader.send({ type: 'input', terminal: 'shell', text: answer })
  reader.send({ type: 'input', terminal: 'shell', text: '\u001b[A' })
  await shell.until(({ typed }) => typed === '\u001b[?1;2c\u001b[5;9R\u001b[A')
})
