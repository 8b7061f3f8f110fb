/** What pages may say of when the book was verified. */
import { expect, test } from 'vitest'
import type { Recording } from '../../../src/book/recording.ts'
import { longDay, verified } from '../../../src/components/verified.ts'

const recording = (day: string, kubernetes = 'v1.36.3'): Recording => ({ kubernetes, delve: 'v1.27.2', day, columns: 80, rows: 24, walks: [] })

test('the oldest recording is what may be said of the whole book', () => {
  expect(verified([{ recording: recording('2026-11-22') }, { recording: recording('2026-10-03') }])?.day).toBe('2026-10-03')
})

test('nothing is said while a chapter has no recording, or there is no chapter', () => {
  expect(verified([{ recording: recording('2026-11-22') }, { recording: null }])).toBeNull()
  expect(verified([])).toBeNull()
})

test('nothing is said while chapters were verified on different versions', () => {
  expect(verified([{ recording: recording('2026-11-22') }, { recording: recording('2026-11-22', 'v1.37.0') }])).toBeNull()
})

test('a day is written out, whatever the time zone', () => {
  expect(longDay('2026-11-22')).toBe('22 November 2026')
})
