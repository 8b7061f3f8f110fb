/** Places of stops in commands. */
import { expect, test } from 'vitest'
import { couldBe, fillIn, stopsIn } from '../../../src/book/places.ts'

test('a stop becomes its location', () => {
  expect(fillIn('break create {stop:create}', { create: 'handlers/create.go:182' })).toBe('break create handlers/create.go:182')
})

test('a stop without a location is an error', () => {
  expect(() => fillIn('break {stop:there}', { here: 'a/b.go:1' })).toThrow('No location is known for the stop "there".')
})

test('the stops of a command are found', () => {
  expect(stopsIn('break a {stop:one} {stop:two}')).toEqual(['one', 'two'])
})

test('a filled-in command is recognised, another is not', () => {
  expect(couldBe('break create {stop:create}', 'break create handlers/create.go:182')).toBe(true)
  expect(couldBe('break create {stop:create}', 'break other handlers/create.go:182')).toBe(false)
  expect(couldBe('cond create (a) == 1', 'cond create (a) == 1')).toBe(true)
})
