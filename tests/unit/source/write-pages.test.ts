/** The pages of source files: one for each, light, renewed when the book changes, taken up again. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadBook } from '../../../src/book/load.ts'
import { changes, PATCHED_MODULE } from '../../../src/pins/patch.ts'
import { hasPage, sourceAddress } from '../../../src/source/address.ts'
import { SLOTS, slotMark } from '../../../src/source/page/slots.ts'
import { linesOfPage } from '../../../src/source/page/text.ts'
import { pinnedFile, pinnedFiles } from '../../../src/source/pinned-files.ts'
import { type PagesOptions, writeSourcePages } from '../../../src/source/write-pages.ts'

let site = ''
let options: PagesOptions
const CREATE = 'pkg/endpoints/handlers/create.go'
const written = (module: string, inside: string) => join(site, sourceAddress({ module, inside }), 'index.html')
const dataOf = (page: string) => JSON.parse(/<script type="application\/json">(.*?)<\/script>/.exec(page)?.[1] ?? '')

beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), 'source-pages-'))
  const template = `${SLOTS.filter((name) => name !== 'data')
    .map((name) => `<b>${slotMark(name)}</b>`)
    .join('\n')}<script type="application/json">${slotMark('data')}</script>`
  options = { template, book: { ...(await loadBook('content')), chapters: [] }, drift: null, base: '/book/' }
  await writeSourcePages(site, options)
}, 120_000)
afterAll(async () => await rm(site, { recursive: true }))

test('every file of the set has its page, none is large, and together they leave room for the rest of the site', async () => {
  const pages = (await readdir(site, { recursive: true, withFileTypes: true })).filter((entry) => entry.name === 'index.html')
  const sizes = await Promise.all(pages.map(async (page) => (await stat(join(page.parentPath, page.name))).size))
  expect(pages).toHaveLength((await pinnedFiles()).filter(hasPage).length)
  expect(Math.max(...sizes)).toBeLessThan(5_000_000)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(66_000_000)
})

test('a page has the whole text, its outline, and where it comes from', async () => {
  const { path } = await pinnedFile(PATCHED_MODULE, CREATE, 'here')
  const page = await readFile(written(PATCHED_MODULE, CREATE), 'utf8')
  expect(`${linesOfPage(page)?.join('\n')}\n`).toBe(await readFile(path, 'utf8'))
  expect(page).toContain('<a href="/book/source/#k8s.io/apiserver/pkg/endpoints/handlers">')
  expect(page).toContain(`<b>/book/source/k8s.io/apiserver/${CREATE}/</b>`)
  const data = dataOf(page)
  expect(data).toMatchObject({ file: `k8s.io/apiserver@v0.36.3/${CREATE}`, version: 'v0.36.3', at: 'handlers/create.go' })
  expect(data.functions.map(([name]: [string]) => name)).toContain('createHandler.func1')
})

test.each(changes)('the change of $file is in the text and named in the data', async ({ file, to, from }) => {
  const page = await readFile(written(PATCHED_MODULE, file), 'utf8')
  const [change] = dataOf(page).changed
  expect(linesOfPage(page)?.[change.line - 1]).toContain(to)
  expect(change.from).toBe(from)
})

test('a page is renewed when the book changes, and when it was cut short; others are kept', async () => {
  const [create, other] = [written(PATCHED_MODULE, CREATE), written('std', 'net/http/server.go')]
  const kept = written('k8s.io/api', 'core/v1/types.go')
  const before = await stat(kept)
  await writeFile(other, 'cut')
  const progress: number[] = []
  const count = await writeSourcePages(site, { ...options, book: await loadBook('content'), onProgress: (done) => progress.push(done) })
  expect(progress.at(-1)).toBe(count)
  expect(dataOf(await readFile(create, 'utf8')).stops.length).toBeGreaterThan(0)
  expect(linesOfPage(await readFile(other, 'utf8'))?.length).toBeGreaterThan(1_000)
  expect((await stat(kept)).mtimeMs).toBe(before.mtimeMs)
}, 120_000)

test('an aborted run stops', async () => {
  const stop = new AbortController()
  const running = writeSourcePages(site, { ...options, signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) })
  await expect(running).rejects.toThrow('enough')
})

test('a template that lacks a place is refused', async () => {
  await expect(writeSourcePages(site, { ...options, template: '<p>{{name}}</p>' })).rejects.toThrow('has no {{module}}')
})
