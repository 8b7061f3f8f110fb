/** How much a relay takes on. */
import { expect, test } from 'vitest'
import { limitsFor } from '../../../src/relay/limits.ts'

const MINUTE = 60_000

test('a session that nobody looks at outlives the promised pause of ten minutes by far', () => {
  expect(limitsFor(8e9).grace).toBeGreaterThanOrEqual(15 * MINUTE)
})

test('a machine with little memory still tries one session', () => {
  expect(limitsFor(1e9).sessions).toBe(1)
})
