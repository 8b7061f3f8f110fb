/** How often and how much is compressed, whatever is asked for. */
import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { CompressedFiles, encodingOf } from '../../../src/relay/compressed.ts'

/** Compressions that end when the test says so. */
function open() {
  const begun: { text: string; end: () => void }[] = []
  const compress = (text: Buffer) =>
    new Promise<Buffer>((resolve) => begun.push({ text: text.toString(), end: () => resolve(Buffer.from(`short ${text}`)) }))
  const files = new CompressedFiles({ br: compress, gzip: compress })
  const get = (key: string, text = key) => files.get(key, 'br', async () => Buffer.from(text))
  return { get, begun }
}

test('brotli is taken where it is accepted, then gzip, then neither', () => {
  expect(encodingOf('gzip, deflate, br;q=0.9')).toBe('br')
  expect(encodingOf('GZIP')).toBe('gzip')
  expect(encodingOf('br;q=0, gzip; q=0.5')).toBe('gzip')
  for (const none of [undefined, '', 'identity', 'br;q=0', 'brx', 'gzip;q=no']) expect(encodingOf(none), none).toBeNull()
})

test('a file that many ask for at once is compressed once, and never again', async () => {
  const { get, begun } = open()
  const asked = Array.from({ length: 150 }, () => get('file'))
  await setImmediate()
  expect(begun).toHaveLength(1)
  begun[0]?.end()
  for (const body of await Promise.all(asked)) expect(String(body)).toBe('short file')
  expect(String(await get('file'))).toBe('short file')
  expect(begun).toHaveLength(1)
})

test('two are compressed at once, some wait, and the rest is sent as it is', async () => {
  const { get, begun } = open()
  const asked = Array.from({ length: 100 }, (_, number) => get(`file ${number}`))
  await setImmediate()
  expect(begun).toHaveLength(2)
  expect(await Promise.all(asked.slice(66))).toEqual(Array(34).fill(null))
  for (let count = 0; count < 66; count++) {
    begun[count]?.end()
    await setImmediate()
  }
  expect((await Promise.all(asked.slice(0, 66))).map(String)).toEqual(Array.from({ length: 66 }, (_, number) => `short file ${number}`))
})

test('what was not asked for lately makes room, and what cannot be read is tried again', async () => {
  const { get, begun } = open()
  const large = 'x'.repeat(7_000_000)
  for (let count = 0; count < 8; count++) {
    const asked = get(`file ${count}`, large)
    await setImmediate()
    begun.at(-1)?.end()
    await asked
  }
  expect(begun).toHaveLength(8)
  await get('file 7', large)
  expect(begun).toHaveLength(8)
  void get('file 0', large)
  await setImmediate()
  expect(begun).toHaveLength(9)
  begun.at(-1)?.end()

  const files = new CompressedFiles()
  await expect(files.get('gone', 'br', () => Promise.reject(new Error('no such file')))).rejects.toThrow('no such file')
  expect((await files.get('gone', 'br', async () => Buffer.from('there again')))?.length).toBeGreaterThan(0)
})
