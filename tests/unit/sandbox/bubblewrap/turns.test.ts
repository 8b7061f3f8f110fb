import { expect, test } from 'vitest'
import { Turns } from '../../../../src/sandbox/bubblewrap/turns.ts'

const silent = () => {}

test('no more work at once than there are turns, in the order it came, and who waits is told behind how many', async () => {
  const turns = new Turns(2)
  const started: number[] = []
  const waited: number[] = []
  const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>())
  const all = gates.map((gate, number) =>
    turns.take(
      undefined,
      (before) => waited.push(before),
      () => {
        started.push(number)
        return gate.promise
      },
    ),
  )
  expect(waited).toEqual([2, 3])
  gates[1]?.resolve()
  await all[1]
  gates[0]?.resolve()
  await all[0]
  gates[2]?.resolve()
  gates[3]?.resolve()
  await Promise.all(all)
  expect(started).toEqual([0, 1, 2, 3])
})

test('a turn that failed is free again, and one that was given up is never used', async () => {
  const turns = new Turns(1)
  await expect(turns.take(undefined, silent, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  const gate = Promise.withResolvers<void>()
  const first = turns.take(undefined, silent, () => gate.promise)
  const reader = new AbortController()
  const given = turns.take(reader.signal, silent, () => Promise.resolve('started'))
  const last = turns.take(undefined, silent, () => Promise.resolve('last'))
  reader.abort(new Error('the reader left'))
  await expect(given).rejects.toThrow('the reader left')
  gate.resolve()
  await first
  expect(await last).toBe('last')
})
