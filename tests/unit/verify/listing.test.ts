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
