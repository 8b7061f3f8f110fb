import { expect, test } from 'vitest'
import type { ApiVariable } from '../../../src/delve/api.ts'
import { goDuration } from '../../../src/delve/duration.ts'
import { shortType } from '../../../src/delve/short-type.ts'
import { oneLine } from '../../../src/delve/value.ts'
import { toVariables } from '../../../src/delve/variable.ts'

function variable(part: Partial<ApiVariable>): ApiVariable {
  const empty = {
    name: 'x',
    addr: 0xc000,
    onlyAddr: false,
    type: 'int',
    kind: 2,
    flags: 0,
    value: '',
    len: 0,
    cap: 0,
    base: 1,
    unreadable: '',
    children: [],
  }
  return { ...empty, ...part }
}

const text = (value: string, len = Buffer.byteLength(value)) => variable({ type: 'string', kind: 24, value, len })
const number = (value: string) => variable({ value })

test.each([
  ['10s', 10_000_000_000n],
  ['1m30s', 90_000_000_000n],
  ['1h0m0.5s', 3_600_500_000_000n],
  ['24h0m0s', 86_400_000_000_000n],
  ['1.5ms', 1_500_000n],
  ['100ms', 100_000_000n],
  ['2µs', 2_000n],
  ['-3ns', -3n],
  ['0s', 0n],
])('a duration is written as Go does: %s', (written, nanoseconds) => {
  expect(goDuration(nanoseconds)).toBe(written)
})

test('a duration does not borrow the name of an unrelated constant', () => {
  const duration = { type: 'time.Duration', kind: 6 }
  expect(oneLine(variable({ ...duration, value: 'k8s.io/apiserver/plugin/pkg/authenticator/token/oidc.expiryDelta (10000000000)' }), 99)).toBe('10s')
  expect(oneLine(variable({ ...duration, value: '34000000000' }), 99)).toBe('34s')
})

test.each([
  ['*v1.Pod', '*k8s.io/api/core/v1.Pod'],
  ['map[schema.GroupKind]*runtime.Scheme', 'map[k8s.io/apimachinery/pkg/runtime/schema.GroupKind]*k8s.io/apimachinery/pkg/runtime.Scheme'],
  ['func(http.ResponseWriter, *http.Request)', 'func(net/http.ResponseWriter, *net/http.Request)'],
  ['v3.Request', 'github.com/emicklei/go-restful/v3.Request'],
  ['int', 'int'],
])('types are shown without folders: %s', (short, full) => {
  expect(shortType(full)).toBe(short)
})

test('strings are quoted, and say how much of them was not loaded', () => {
  expect(oneLine(text('a "b"\n'), 99)).toBe('"a \\"b\\"\\n"')
  expect(oneLine(text('begin', 105), 99)).toBe('"begin...+100 more"')
})

test('slices, arrays and maps say what was not loaded', () => {
  const children = [number('1'), number('2')]
  expect(oneLine(variable({ kind: 23, type: '[]int', len: 5, cap: 8, children }), 99)).toBe('[]int len: 5, cap: 8, [1,2,...+3 more]')
  expect(oneLine(variable({ kind: 23, type: '[]int', base: 0 }), 99)).toBe('[]int len: 0, cap: 0, nil')
  expect(oneLine(variable({ kind: 17, type: '[2]int', len: 2, children }), 99)).toBe('[2]int [1,2]')
  expect(oneLine(variable({ kind: 21, type: 'map[string]int', len: 3, children: [text('a'), number('1')] }), 99)).toBe(
    'map[string]int ["a": 1,...+2 more]',
  )
  expect(oneLine(variable({ kind: 21, type: 'map[string]int', base: 0 }), 99)).toBe('map[string]int nil')
})

test('interfaces name what they hold, nil says so, and what cannot be read says why', () => {
  const nothing = variable({ kind: 0, type: 'void', addr: 0 })
  expect(oneLine(variable({ kind: 20, type: 'error', children: [nothing] }), 99)).toBe('error nil')
  const held = variable({ kind: 25, type: '*a/b.T', len: 0 })
  expect(oneLine(variable({ kind: 20, type: 'c/d.I', children: [{ ...held, type: 'a/b.T' }] }), 99)).toBe('d.I(b.T) {}')
  expect(oneLine(variable({ unreadable: 'input/output error' }), 99)).toBe('(unreadable input/output error)')
})

test('a line is never longer than its limit, and no character is cut in half', () => {
  expect(oneLine(text('x'.repeat(500)), 20)).toHaveLength(20)
  expect(oneLine(text('😀'.repeat(50)), 10)).toMatch(/^"(😀)+…$/u)
})

test('what the compiler made for itself is left out, and a shadowed name is asked for by its address', () => {
  const shadowed = variable({ name: 'err', type: 'a/b.T', flags: 2, value: '1' })
  const shown = toVariables([variable({ name: '~r0', value: '7' }), variable({ name: '.autotmp_3', value: '7' }), shadowed])
  expect(shown).toMatchObject([{ name: '(err)', expression: '(*(*"a/b.T")(0xc000))' }])
  expect(toVariables([{ ...shadowed, addr: 0 }])).toMatchObject([{ name: '(err)', expression: null }])
})

test('a map whose keys are no plain words is asked for by the address of the key', () => {
  const key = variable({ kind: 25, type: 'a/b.Key', addr: 0xc0, len: 1, children: [{ ...text('g'), name: 'Group' }] })
  const map = variable({ name: 'm', kind: 21, type: 'map[a/b.Key]int', len: 1, children: [key, number('4')] })
  expect(toVariables([map])[0]?.children).toMatchObject([{ name: '[b.Key {Group: "g"}]', value: '4', expression: 'm[(*(*"a/b.Key")(0xc0))]' }])
})
