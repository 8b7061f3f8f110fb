/** Jobs that run next to each other. */
import { expect, test } from 'vitest'
import { atOnceOn, sideBySide } from '../../../src/verify/side-by-side.ts'

test('no more run at once than were allowed, and results keep the order of the jobs', async () => {
  const waiting: (() => void)[] = []
  let most = 0
  let running = 0
  const done = sideBySide([1, 2, 3, 4, 5], 2, async (job) => {
    most = Math.max(most, ++running)
    await new Promise<void>((resolve) => waiting.push(resolve))
    running -= 1
    return job * 10
  })
  for (let ended = 0; ended < 5; ended++) {
    while (waiting.length === 0) await new Promise(setImmediate)
    waiting.pop()?.()
  }
  expect(await done).toEqual([10, 20, 30, 40, 50])
  expect(most).toBe(2)
})

test('after an error nothing further is begun, and what was under way has ended', async () => {
  const begun: number[] = []
  const ended: number[] = []
  const done = sideBySide([1, 2, 3, 4], 2, async (job) => {
    begun.push(job)
    if (job === 1) throw new Error('the first failed')
    await new Promise(setImmediate)
    ended.push(job)
  })
  await expect(done).rejects.toThrow('the first failed')
  expect(begun).toEqual([1, 2])
  expect(ended).toEqual([2])
})

test('as many walks run side by side as keep the cores busy, fewer where memory is short, and never none', () => {
  expect(atOnceOn({ cores: 2, bytes: 22e9 })).toBe(6)
  expect(atOnceOn({ cores: 2, bytes: 4.5e9 })).toBe(4)
  expect(atOnceOn({ cores: 16, bytes: 0.4e9 })).toBe(1)
})
