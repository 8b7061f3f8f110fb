import { expect, test } from 'vitest'
import { splitLines } from '../../../src/delve/json-lines.ts'

function split(limit: number, chunks: readonly Uint8Array[]) {
  const lines: string[] = []
  let tooLong = 0
  const { take } = splitLines({
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

test('what nobody wants is told by its first bytes, and not held', () => {
  const room = { left: 10_000 }
  const heads: string[] = []
  const lines: string[] = []
  const wants = (head: string) => heads.push(head) > 1
  const { take, close } = splitLines({ limit: 9_000, room, wants, onLine: (line) => lines.push(line), onTooLong: () => {} })
  take(Buffer.from(`short-${'x'.repeat(100)}`))
  expect(heads).toEqual([`short-${'x'.repeat(58)}`])
  expect(room.left).toBe(10_000)
  take(Buffer.from(`\nwanted\n${'y'.repeat(70)}`))
  expect(lines).toEqual(['wanted'])
  expect(heads.slice(1)).toEqual(['wanted', 'y'.repeat(64)])
  expect(room.left).toBeLessThan(10_000)
  close()
  expect(room.left).toBe(10_000)
})

test('streams that share a room hold no more than that together, and one that ends its line makes room again', () => {
  const room = { left: 10_000 }
  const told: string[] = []
  const open = (name: string) =>
    splitLines({ limit: 9_000, room, onLine: ({ length }) => told.push(`${name} ${length}`), onTooLong: () => told.push(`${name} too long`) })
  const [one, other] = [open('one'), open('other')]
  one.take(Buffer.alloc(5_000, 'a'))
  other.take(Buffer.alloc(5_000, 'b'))
  expect(told).toEqual(['other too long'])
  one.take(Buffer.from('\n'))
  other.take(Buffer.from('\nbb\n'))
  expect(told.slice(1)).toEqual(['one 5000', 'other 2'])
  expect(room.left).toBe(10_000)
})

test('a message over the limit is reported once and skipped, and the next one comes out', () => {
  expect(split(4, [Buffer.from('12345'), Buffer.from('6789\nabcd\n')])).toEqual({ lines: ['abcd'], tooLong: 1 })
})
