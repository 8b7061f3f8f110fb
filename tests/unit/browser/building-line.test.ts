/** What a reader is told of the build. */
import { expect, test } from 'vitest'
import { statusWords } from '../../../src/browser/building-line.ts'

test('a build says how much is done, what is being built, and how long it takes', () => {
  expect(statusWords({ is: 'building', what: 'k8s.io/api/core/v1', done: 412, all: 1206, secondsLeft: 130 })).toBe(
    'Building: 412 of 1,206 packages, about 2 min · k8s.io/api/core/v1',
  )
})

test('while there is nothing to go by, no time is named', () => {
  expect(statusWords({ is: 'building', what: 'x', done: 0, all: 10, secondsLeft: null })).not.toContain('about')
})

test('before the packages are counted, what is done is said without a count', () => {
  expect(statusWords({ is: 'building', what: 'downloading Go 1.26.8', done: 0, all: 0, secondsLeft: null })).toBe('Building: downloading Go 1.26.8')
})

test('where there will be no sandbox, it says so, why, and what to do', () => {
  expect(statusWords({ is: 'recorded', why: 'bubblewrap is not installed.', fix: 'Install it.' })).toBe(
    'Recorded only: bubblewrap is not installed. Install it.',
  )
})

test('a build that failed says why and what to do', () => {
  expect(statusWords({ is: 'failed', why: 'The disk is full.', fix: 'Free 4 GB.' })).toBe('The build failed: The disk is full. Free 4 GB.')
})

test('when all is well nothing is said', () => {
  expect(statusWords({ is: 'live' })).toBeNull()
})
