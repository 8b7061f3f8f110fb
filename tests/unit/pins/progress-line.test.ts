/** The build's progress in a terminal, and in a file. */
import { expect, test } from 'vitest'
import { progressLine, progressWords } from '../../../src/pins/progress-line.ts'

function written(isTTY: boolean) {
  const chunks: string[] = []
  return { chunks, line: progressLine({ isTTY, columns: 60, write: (text) => chunks.push(text) }) }
}

test('one line says how far, how long, and what', () => {
  expect(progressWords({ what: 'k8s.io/api/core/v1', done: 30, all: 120, secondsLeft: 130 }, true)).toBe(
    'Building ██████░░░░░░░░░░░░░░░░░░ 30 of 120 packages, about 3 min left: k8s.io/api/core/v1',
  )
  expect(progressWords({ what: 'linking dlv', done: 119, all: 120, secondsLeft: 9 }, false)).toBe(
    'Building 119 of 120 packages, 9 s left: linking dlv',
  )
  expect(progressWords({ what: 'downloading k8s.io/api v0.36.3', done: 0, all: 0, secondsLeft: null }, true)).toBe(
    'Building: downloading k8s.io/api v0.36.3',
  )
})

test('on a terminal the line is redrawn in its place and never wraps', () => {
  const { chunks, line } = written(true)
  line.show({ what: 'a/package/with/a/very/long/path', done: 1, all: 2, secondsLeft: null })
  line.clear()
  expect(chunks[0]?.startsWith('\r\x1b[K')).toBe(true)
  expect(chunks[0]).toHaveLength('\r\x1b[K'.length + 59)
  expect(chunks[1]).toBe('\r\x1b[K')
})

test('elsewhere a line is written now and then', () => {
  const { chunks, line } = written(false)
  for (let module = 1; module <= 50; module += 1) line.show({ what: `downloading m${module}`, done: 0, all: 0, secondsLeft: null })
  for (let done = 0; done <= 1_000; done += 1) line.show({ what: 'p', done, all: 1_000, secondsLeft: null })
  line.clear()
  expect(chunks).toHaveLength(1 + 11)
  expect(chunks.every((chunk) => chunk.endsWith('\n') && !chunk.includes('\r'))).toBe(true)
})
