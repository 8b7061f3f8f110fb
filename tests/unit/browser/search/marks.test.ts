/** Which letters are marked. */
import { expect, test } from 'vitest'
import { pieces } from '../../../../src/browser/search/marks.ts'
import { readQuery } from '../../../../src/browser/search/query.ts'

/** The text with what is marked in brackets. */
function marked(text: string, typed: string, where: 'name' | 'receiver' = 'name'): string {
  return pieces(text, readQuery(typed), where)
    .map(({ text, marked }) => (marked ? `[${text}]` : text))
    .join('')
}

test.each([
  ['GuaranteedUpdate', 'GuaranteedUp', '[GuaranteedUp]date'],
  ['NewRequestInfo', 'estInfo', 'NewRequ[estInfo]'],
  ['DefaultBuildHandlerChain', 'DBHC', '[D]efault[B]uild[H]andler[C]hain'],
  ['WithAuthentication', 'WithAuthentcation', '[WithAuthentication]'],
  ['GuaranteedUpdate', 'update guaranteed', '[GuaranteedUpdate]'],
  ['Create', 'store.Create', '[Create]'],
  ['Watch', 'etcd3/store.go:12', 'Watch'],
])('%s by %s', (name, typed, expected) => {
  expect(marked(name, typed)).toBe(expected)
})

test('a receiver is marked by what is asked of it', () => {
  expect(marked('store', '(*store).Create', 'receiver')).toBe('[store]')
  expect(marked('Creator', '(*store).Create', 'receiver')).toBe('Creator')
})
