/** Which differences between two recordings of a walk count. */
import { expect, test } from 'vitest'
import type { RecordedWalk } from '../../../src/verify/recorded-walk.ts'
import { isUnchanged } from '../../../src/verify/unchanged.ts'

const saying = (said: string): RecordedWalk => ({ id: 'one', before: [], steps: [{ id: 'step', typed: 'type', took: 1, said, events: [] }] })
const alike = (one: string, other: string) => isUnchanged(saying(one), saying(other))

test('numbers may differ, words may not', () => {
  expect(alike('pod/web created in 3 s', 'pod/web created in 12 s')).toBe(true)
  expect(alike('pod/web created', 'pod/web unchanged')).toBe(false)
  expect(isUnchanged(undefined, saying(''))).toBe(false)
})

const top = (type: string, ...rows: string[]) => `File: kube-apiserver
Build ID: ${'abcdef'.slice(rows.length)}
Type: ${type}
Duration: 2.10s, Total samples = 1310ms (65.47%)
${rows.join('\n')}
`
const HEADER = '      flat  flat%   sum%        cum   cum%'

test('of a profile neither weights nor functions count, its kind and header do', () => {
  const one = top(
    'cpu',
    'Showing nodes accounting for 630ms, 48.09% of 1310ms total',
    'Showing top 2 nodes out of 415',
    HEADER,
    '  150ms 11.45% 11.45%  260ms 19.85%  encoding/json.appendIndent',
  )
  const other = top(
    'cpu',
    'Showing nodes accounting for 1s, 100% of 1.31s total',
    'Dropped 9 nodes (cum <= 0.01s)',
    HEADER,
    '      0     0% 11.45%  0.26s   100%  runtime.futex',
    '     -1 1.45%   12% 1 0.2%  b',
  )
  expect(alike(one, other)).toBe(true)
  expect(alike(one, other.replace('cpu', 'goroutine'))).toBe(false)
  expect(alike(one, other.replace(HEADER, ''))).toBe(false)
})

test('callers and callees are rows, too', () => {
  expect(
    alike(
      top('cpu', '   0.60s   100% |   json.doEncode'),
      top('cpu', '     0     0%     0%      0.60s 45.80%                | encoding/json.MarshalIndent'),
    ),
  ).toBe(true)
})

test('of listed source only the weights are left out', () => {
  const list = (flat: string, line: string) =>
    `Total: ${flat}\nROUTINE ======================== a.b in c.go\n  0 ${flat} (flat, cum) 9.5% of Total\n      .  ${flat}  ${line}: …\n`
  expect(alike(list('600ms', '241'), list('1.2s', '241'))).toBe(true)
  expect(alike(list('600ms', '241'), `${list('600ms', '241')}more`)).toBe(false)
})

test('rows that no profile printed count', () => {
  expect(alike('  3 50% one', '  3 50% two')).toBe(false)
})
