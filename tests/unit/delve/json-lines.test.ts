import { expect, test } from 'vitest'
import { splitLines } from '../../../src/delve/json-lines.ts'

function split(limit: number, chunks: readonly Uint8Array[]) {
  const lines: string[] = []
  let tooLong = 0
  const take = splitLines({
    limit,
    onLine: (line) => lines.push(line),
    onTooLong: () => {
      tooLong++
    },
  })
  for (const chunk of chunks) take(chunk)
  return { lines, tooLong }
}

test('messages come out whole wherever the bytes are cut, letters of several bytes too', () => {
  const bytes = Buffer.from('{"a":"请求"}\n{"b":1}\n\n{"unfinished"')
  for (let cut = 0; cut <= bytes.length; cut++) {
    expect(split(100, [bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual({ lines: ['{"a":"请求"}', '{"b":1}'], tooLong: 0 })
  }
  expect(
    split(
      100,
      [...bytes].map((byte) => Uint8Array.of(byte)),
    ).lines,
  ).toHaveLength(2)
})

test('a message over the limit is reported once and skipped, and the next one comes out', () => {
  expect(split(4, [Buffer.from('12345'), Buffer.from('6789\nabcd\n')])).toEqual({ lines: ['abcd'], tooLong: 1 })
})
