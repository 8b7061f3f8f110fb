/** Colours by stretches are those of the whole file. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { highlightGo, startGo } from '../../../../src/browser/highlight.ts'
import { piecesOf, stretchesOf } from '../../../../src/browser/source-page/stretches.ts'
import { type Outline, outlines } from '../../../../src/source/outlines.ts'
import { pinnedFile } from '../../../../src/source/pinned-files.ts'

const shape = ({ functions, types }: Pick<Outline, 'functions' | 'types'>) => ({
  functions: functions.map(({ name, from, to }) => [name, from, to] as const),
  types: types.map(({ name, kind, from, to }) => [name, kind, from, to] as const),
})

for (const [module, inside] of [
  ['k8s.io/apiserver', 'pkg/storage/etcd3/store.go'],
  ['k8s.io/api', 'core/v1/types.go'],
  ['k8s.io/apiserver', 'pkg/server/config.go'],
  ['go.etcd.io/etcd/client/v3', 'client.go'],
] as const) {
  test(`${module}/${inside}`, async () => {
    const outline = (await outlines()).find(({ file }) => file.module === module && file.inside === inside)
    if (!outline) throw new Error('There is no outline of this file.')
    const lines = (await readFile((await pinnedFile(module, inside, 'here')).path, 'utf8')).split('\n')
    const stretches = stretchesOf(shape(outline), lines.length, (line) => lines[line - 1] ?? '')
    expect(stretches.length).toBeGreaterThan(lines.length / 400)
    const apart = stretches.flatMap(({ first, count }) => startGo().next(lines.slice(first - 1, first - 1 + count)))
    expect(apart).toEqual(await highlightGo(lines))
  })
}

test('what looks like a declaration in a raw string or a comment begins no stretch, nor does a closure or a type in brackets', () => {
  const filler = Array.from({ length: 50 }, () => 'x')
  const lines = [...filler, 'func no() {', ...filler, 'func() {', ...filler, '\tone struct {', ...filler, 'func yes() {', '}']
  const data = {
    functions: [
      ['glob..func1', 102, 103],
      ['yes', 204, 205],
    ] as [string, number, number][],
    types: [['one', 'struct', 153, 154]] as [string, string, number, number][],
  }
  expect(stretchesOf(data, lines.length, (line) => lines[line - 1] ?? '')).toEqual([
    { first: 1, count: 203 },
    { first: 204, count: 2 },
  ])
})

test('pieces are short and have every line once', () => {
  const stretches = [
    { first: 1, count: 203 },
    { first: 204, count: 2 },
  ]
  const pieces = piecesOf(stretches)
  expect(Math.max(...pieces.map(({ count }) => count))).toBeLessThanOrEqual(80)
  expect(pieces.flatMap(({ first, count }) => Array.from({ length: count }, (_, at) => first + at))).toEqual(
    Array.from({ length: 205 }, (_, at) => at + 1),
  )
})
