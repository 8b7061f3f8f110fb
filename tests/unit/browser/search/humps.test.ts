/** Camel humps. */
import { expect, test } from 'vitest'
import { humpPlaces, isHumpStart, matchHumps } from '../../../../src/browser/search/humps.ts'

const anywhere = { fromFirst: false, singly: false }

test('humps begin at capitals, after digits and underscores, and an acronym is one', () => {
  const humps = (text: string) => [...text].filter((_, at) => isHumpStart(text, at)).join('')
  expect(humps('DefaultBuildHandlerChain')).toBe('DBHC')
  expect(humps('HTTPServer')).toBe('HS')
  expect(humps('ServeHTTP')).toBe('SH')
  expect(humps('Convert_v1_Pod_To_core_Pod')).toBe('CvPTcP')
})

test.each([
  ['DefaultBuildHandlerChain', 'dbhc', true],
  ['DefaultBuildHandlerChain', 'defbuhan', true],
  ['DefaultBuildHandlerChain', 'bhc', true],
  ['DefaultBuildHandlerChain', 'dhc', true],
  ['DefaultBuildHandlerChain', 'dhb', false],
  ['DefaultBuildHandlerChain', 'def', false],
  ['registerResourceHandlers', 'regreshan', true],
])('%s by %s: %s', (text, asked, met) => {
  expect(matchHumps(text, text.toLowerCase(), asked, anywhere) !== null).toBe(met)
})

test('capitals alone are first letters, even if a hump goes on like that', () => {
  expect(matchHumps('GuaranteedUpdate', 'guaranteedupdate', 'gu', { fromFirst: false, singly: true })).toMatchObject({ met: 2 })
})

test('the letters that were met can be marked', () => {
  expect(humpPlaces('DefaultBuildHandlerChain', 'defaultbuildhandlerchain', 'dbhc', anywhere)).toEqual([0, 7, 12, 19])
})
