/** What figures say about the pinned source. */
import { expect, test } from 'vitest'
import { filtersOfTheChain, mustBeTheChain, mustBeThere } from '../../../src/components/figures/named-function.ts'

test('the chain is read from the pin in the order of a request', async () => {
  const chain = await filtersOfTheChain('here')
  expect(chain).toHaveLength(24)
  expect(chain[0]).toBe('WithAuditInit')
  expect(chain.indexOf('WithRequestInfo')).toBeLessThan(chain.indexOf('WithAuthentication'))
  expect(chain.at(-1)).toBe('WithAuthorization')
  // Of two that exclude each other, the default.
  expect(chain).toContain('WithPriorityAndFairness')
  expect(chain).not.toContain('WithMaxInFlightLimit')
})

test('a figure with a filter missing, misplaced or made up is an error that has the right order', async () => {
  const chain = await filtersOfTheChain('here')
  await mustBeTheChain(chain, 'here')
  const [first = '', second = '', ...rest] = chain
  await expect(mustBeTheChain([second, first, ...rest], 'here')).rejects.toThrow(/Filter 1 of the figure is WithPanicRecovery; .* is WithAuditInit/)
  await expect(mustBeTheChain(chain.slice(0, -1), 'here')).rejects.toThrow(/Filter 24 of the figure is missing; .* is WithAuthorization/)
  await expect(mustBeTheChain([...chain, 'WithNothing'], 'here')).rejects.toThrow(/Filter 25 of the figure is WithNothing; .* is none/)
})

test('a function that the pins do not have is an error with near names', async () => {
  const file = { module: 'k8s.io/apiserver', file: 'pkg/endpoints/filters/authentication.go' }
  await mustBeThere({ ...file, function: 'Unauthorized.func1' }, 'here')
  await expect(mustBeThere({ ...file, function: 'Unauthorised.func1' }, 'here')).rejects.toThrow(/no function "Unauthorised.func1".*Unauthorized/s)
})
