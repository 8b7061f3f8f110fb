/** Source that Delve printed, found in a terminal's words. The lines are invented: no real source is kept here. */
import { expect, test } from 'vitest'
import { findListings, withoutSource } from '../../../src/verify/listing.ts'

const header = 'Showing staging/src/example.io/app/main.go:12 (PC: 0x4a5b6c)\r\n'

test('numbered lines after a header are a listing, with their escape sequences and the end of the last line', () => {
  const said = `(dlv) list main.go:12\r\n${header}\x1b[34m   11:\x1b[0m\tone()\r\n\x1b[34m=>  12:\x1b[0m\ttwo() // \x1b[35mcomment\x1b[0m\r\n(dlv) `
  const [listing] = findListings(said)
  expect(listing).toMatchObject({
    path: 'staging/src/example.io/app/main.go',
    lines: [
      { number: 11, arrow: false, text: 'one()' },
      { number: 12, arrow: true, text: 'two() // comment' },
    ],
  })
  expect(said.slice(0, listing?.from)).toBe(`(dlv) list main.go:12\r\n${header}`)
  expect(said.slice(listing?.to)).toBe('(dlv) ')
})

test('the line at which a stop is told is the header of what follows', () => {
  const [listing] = findListings(
    '> [create] app.serve() example.io/app/serve.go:7 (hits goroutine(12):1 total:1) (PC: 0x4a5b6c)\r\n=>   7:\tserve()\r\n',
  )
  expect(listing?.path).toBe('example.io/app/serve.go')
})

test('two listings apart are two', () => {
  expect(findListings(`${header}   1:\ta\r\n(dlv) list\r\n${header}   1:\ta\r\n`)).toHaveLength(2)
})

test('an empty line of source is part of its listing', () => {
  expect(findListings(`${header}   1:\ta\r\n   2:\t\r\n   3:\tb\r\n`)[0]?.lines.map(({ text }) => text)).toEqual(['a', '', 'b'])
})

test('numbered lines of no known file are an error', () => {
  expect(() => findListings('=>  12:\ttwo()\r\n')).toThrow('without saying of which file')
})

test('what is said otherwise is no listing', () => {
  expect(findListings('0  0x00000000030e2f42 in handlers.createHandler.func1\r\n    at create.go:182\r\n1:\tno\r\n')).toEqual([])
})

test('plain words lose the text of numbered lines only', () => {
  expect(withoutSource('Showing a.go:1 (PC: 1)\n=>  12:   two()\n  13:\nelse')).toBe('Showing a.go:1 (PC: 1)\n=>  12: …\n  13: …\nelse')
})

const profile = `ROUTINE ======================== example.io/app/pkg/server.(*S).Run.func1 in example.io/app@v1/pkg/server/serve.go\r
         .          4 (flat, cum)  0.8% of Total\r
         .          .      7:\tgo func() {\r
         .       10ms      8:\t\tone() // two\r
         .          .      9:\r
(pprof) 12: not this\r
         .          1     10:\tnor this\r
`

test('a line that pprof weighed is a listing of its text alone, found by the package of its routine', () => {
  const found = findListings(profile)
  expect(found.map(({ path, bare, lines }) => ({ path, bare, lines }))).toEqual([
    { path: 'example.io/app/pkg/server/serve.go', bare: true, lines: [{ number: 7, arrow: false, text: '\tgo func() {' }] },
    { path: 'example.io/app/pkg/server/serve.go', bare: true, lines: [{ number: 8, arrow: false, text: '\t\tone() // two' }] },
  ])
  expect(found.map(({ from, to }) => profile.slice(from, to))).toEqual(['\tgo func() {', '\t\tone() // two'])
})

test('a routine of the toolchain or of pprof without a path is found by its package, too', () => {
  const [listing] = findListings('ROUTINE ======================== net/http.(*conn).serve in net/http/server.go\n 1 2 (flat, cum) 1%\n 1 2 3:\tx\n')
  expect(listing?.path).toBe('net/http/server.go')
})

test('plain words lose the text of weighed lines, too', () => {
  expect(withoutSource(profile.replaceAll('\r', '')).split('\n').slice(2, 7)).toEqual([
    '         .          .      7: …',
    '         .       10ms      8: …',
    '         .          .      9: …',
    '(pprof) 12: not this',
    '         .          1     10:\tnor this',
  ])
})
