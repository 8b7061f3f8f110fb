/** What people ask for, asked of the real list: the answer comes first, and quickly. */
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { findFunctions } from '../../../../src/browser/search/find.ts'
import type { FunctionTable } from '../../../../src/browser/search/function-table.ts'
import { lists, wholeTable } from '../../../support/function-lists.ts'
import { isAnswer, questions } from '../../../support/search-questions.ts'

let table: FunctionTable
beforeAll(async () => {
  table = await wholeTable()
}, 180_000)

test('there are enough questions, and some of every kind', async () => {
  const all = await questions()
  expect(all.length).toBeGreaterThanOrEqual(80)
  expect(all.filter(({ of }) => of > 1).length).toBeLessThan(all.length / 5)
  expect(new Set(all.map(({ ask }) => ask)).size).toBe(all.length)
})

test('every question is answered first, or among the first where it could mean several', async () => {
  const wrong = (await questions()).flatMap((question) => {
    const first = findFunctions(table, question.ask, question.of).hits.map(({ place }) => table.at(place))
    if (first.some((found) => isAnswer(question, found))) return []
    return [`${question.ask}: not ${question.answer} but ${first.map(({ inside, receiver, name }) => `${inside} ${receiver}.${name}`).join(', ')}`]
  })
  expect(wrong).toEqual([])
})

test('what the first result needs is small enough for a host that knows gzip only', async () => {
  const { core, rest } = await lists()
  expect(gzipSync(JSON.stringify(core)).length).toBeLessThan(300 * 1024)
  expect(gzipSync(JSON.stringify(rest)).length).toBeLessThan(300 * 1024)
})

test('generated code is in the other file', async () => {
  const { core, rest } = await lists()
  expect(core.fileWords.includes('zz_generated.deepcopy')).toBe(false)
  expect(rest.fileWords.includes('zz_generated.deepcopy')).toBe(true)
})
