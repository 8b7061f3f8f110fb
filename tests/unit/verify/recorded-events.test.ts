/** What is recorded of what happened. */
import { expect, test } from 'vitest'
import type { Pins } from '../../../src/verify/pins.ts'
import { Goroutines, recordedEvents } from '../../../src/verify/recorded-events.ts'
import type { RawEvent } from '../../../src/verify/tape.ts'

const pins: Pins = {
  lists: async ({ lines }) => ({ file: 'm@v1/a.go', from: lines[0]?.number ?? 0, to: lines.at(-1)?.number ?? 0, arrow: null }),
  refuseSource: async () => {},
}
const said = (at: number, says: string, terminal: 'debugger' | 'shell' = 'debugger'): RawEvent => ({ at, happening: { terminal, says } })

test('an address that came in two pieces is scrubbed where it began', async () => {
  expect(await recordedEvents([said(1, 'at 0x2ecd'), said(40, 'f2a70640)\r\n')], new Goroutines(), pins)).toEqual([
    { at: 1, terminal: 'debugger', says: 'at 0x…' },
    { at: 40, terminal: 'debugger', says: ')\r\n' },
  ])
})

test('pieces that came together are one event, unless something else came between', async () => {
  const events = await recordedEvents([said(1, 'a'), said(3, 'b'), said(4, 'x', 'shell'), said(5, 'c'), said(90, 'd')], new Goroutines(), pins)
  expect(events.map((event) => ('says' in event ? event.says : ''))).toEqual(['ab', 'x', 'c', 'd'])
})

test('a goroutine has one name in terminals and events', async () => {
  const goroutines = new Goroutines()
  const at = { file: 'm@v1/a.go', line: 1, function: 'a' }
  const raw: RawEvent[] = [
    { at: 1, happening: { debugger: { type: 'target', state: { is: 'halted', goroutine: 12544, frame: 0, at, breakpoint: null } } } },
    said(2, '(hits goroutine(12544):1) goroutine 7'),
  ]
  expect(await recordedEvents(raw, goroutines, pins)).toMatchObject([
    { debugger: { state: { goroutine: 1 } } },
    { says: '(hits goroutine(1):1) goroutine 2' },
  ])
})

test('a listing is named, not held, and what stands around it is kept', async () => {
  const raw = [said(1, 'Showing m/a.go:1 (PC: 0x4a5b6c)\r\n   1:\tse'), said(30, 'cret\r\n   2:\tsecret\r\n(dlv) ')]
  expect(await recordedEvents(raw, new Goroutines(), pins)).toEqual([
    { at: 1, terminal: 'debugger', says: 'Showing m/a.go:1 (PC: 0x…)\r\n' },
    { at: 1, terminal: 'debugger', lists: { file: 'm@v1/a.go', from: 1, to: 2, arrow: null } },
    { at: 30, terminal: 'debugger', says: '(dlv) ' },
  ])
})

test('values of variables are scrubbed, too', async () => {
  const variable = { name: 'req', type: '*http.Request', value: '(*"net/http.Request")(0x2ecdf2a70640)', expression: 'req', expandable: true }
  const raw: RawEvent[] = [{ at: 1, happening: { debugger: { type: 'variables', goroutine: 9, frame: 0, arguments: [variable], locals: [] } } }]
  expect(await recordedEvents(raw, new Goroutines(), pins)).toMatchObject([
    { debugger: { goroutine: 1, arguments: [{ value: '(*"net/http.Request")(0x…)' }] } },
  ])
})
