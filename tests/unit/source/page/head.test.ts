/** The head of source pages. */
import { expect, test } from 'vitest'
import { withEarlyHead } from '../../../../src/source/page/head.ts'

const scripts: Record<string, string> = {
  '/book/_astro/file.js': 'import{a as t}from"./base.js";import"./side.js";const later=()=>import(`./later.js`);t(later)',
  '/book/_astro/base.js': 'import*as e from"./deep.js";export{e as a}',
  '/book/_astro/side.js': 'import{b}from"./deep.js";b()',
  '/book/_astro/deep.js': 'export const b=1',
}
const read = async (address: string) => scripts[address] ?? Promise.reject(new Error(`Nothing was to be read at ${address}.`))
const page =
  '<head><title>x</title><script src="/book/theme.js"></script><link rel="stylesheet" href="/book/_astro/a.css"><link rel="stylesheet" href="/book/_astro/b.css"></head>' +
  '<body><script type="module" src="/book/_astro/bar.js"></script><script type="module" src="/book/_astro/file.js"></script><main></main></body>'

test('all that the page needs is named before the script that its parser waits for', async () => {
  expect(await withEarlyHead(page, read)).toBe(
    '<head><title>x</title><link rel="stylesheet" href="/book/_astro/a.css"><link rel="stylesheet" href="/book/_astro/b.css">' +
      '<script type="module" src="/book/_astro/file.js"></script><link rel="modulepreload" href="/book/_astro/base.js">' +
      '<link rel="modulepreload" href="/book/_astro/deep.js"><link rel="modulepreload" href="/book/_astro/side.js">' +
      '<script src="/book/theme.js"></script></head><body><script type="module" src="/book/_astro/bar.js"></script><main></main></body>',
  )
})

test('a template without what is moved says so', async () => {
  await expect(withEarlyHead('<head></head>', read)).rejects.toThrow('src/source/page/head.ts')
})
