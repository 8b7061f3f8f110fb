/** The source files of a built site that have no page: all there, small enough, taken up again, with the change in them. */
import { mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changes, PATCHED_MODULE } from '../../../src/pins/patch.ts'
import { hasPage } from '../../../src/source/address.ts'
import { pinnedFile, pinnedFiles } from '../../../src/source/pinned-files.ts'
import { writeSourceFiles } from '../../../src/source/write-files.ts'
import { smallDisk } from '../../support/small-disk.ts'

let site = ''
const written = (file: string) => join(site, 'source/files', `${file}.txt`)

beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), 'source-files-'))
  await writeSourceFiles(site)
}, 60_000)
afterAll(async () => await rm(site, { recursive: true }))

test('every compiled file without a page is there, and the site stays within its budget', async () => {
  const files = (await readdir(site, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size))
  // Beside them the licences, the changed lines, and the ends of paths that several share.
  expect(files).toHaveLength((await pinnedFiles()).filter((file) => !hasPage(file)).length + 3)
  expect(files.length).toBeLessThan(4_000)
  expect(Math.max(...sizes)).toBeLessThan(5_000_000)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(50_000_000)
})

test.each(changes)('the change of $file is named beside the files, with its line', async ({ file, from, to, why }) => {
  const pinned = await pinnedFile(PATCHED_MODULE, file, 'here')
  const released = (await readFile(pinned.path, 'utf8')).split('\n')
  const line = released.findIndex((text) => text.includes(from)) + 1
  const changed = JSON.parse(await readFile(join(site, 'source/files/changed-lines.json'), 'utf8'))
  expect(changed[pinned.file]).toEqual([{ from, to, why, line }])
  expect(await readFile(join(site, 'source/files/LICENSES.txt'), 'utf8')).toContain(
    `${pinned.file}:${line}: the release has "${from}", here is "${to}"`,
  )
})

test('a run that was interrupted is taken up again', async () => {
  const zap = (await pinnedFiles()).filter(({ module }) => module === 'go.uber.org/zap')
  const [cut, kept] = zap
  if (!cut || !kept) throw new Error('zap is not compiled into the server any more: take another module.')
  await truncate(written(cut.file), 10)
  await rm(written('fmt/print.go'))
  const before = await stat(written(kept.file))
  const progress: number[] = []
  const count = await writeSourceFiles(site, { onProgress: (done) => progress.push(done) })
  expect(progress.at(-1)).toBe(count)
  expect(await readFile(written(cut.file), 'utf8')).toBe(await readFile(cut.path, 'utf8'))
  expect((await stat(written('fmt/print.go'))).size).toBeGreaterThan(0)
  expect((await stat(written(kept.file))).mtimeMs).toBe(before.mtimeMs)
}, 60_000)

test('an aborted run stops', async () => {
  const stop = new AbortController()
  const running = writeSourceFiles(site, { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) })
  await expect(running).rejects.toThrow('enough')
})

test('on a disk that fills up nothing is written any more once that is told, so that the folder can be removed', async (context) => {
  const folder = join(await smallDisk({ megabytes: 16 }, context), 'site')
  await expect(writeSourceFiles(folder)).rejects.toMatchObject({ code: 'ENOSPC' })
  await rm(folder, { recursive: true })
  await expect(stat(folder)).rejects.toThrow('ENOENT')
})

test('the licences of all modules go with the files', async () => {
  const text = await readFile(join(site, 'source/files/LICENSES.txt'), 'utf8')
  const modules = new Set(
    (await pinnedFiles()).map(({ module, version }) => `${module} ${version}`.replace(/^std $/, 'Go standard library go1.26.8')),
  )
  expect([...modules].filter((module) => !text.includes(`\n${module}: `))).toEqual([])
  expect(text).toContain('Redistribution and use in source and binary forms')
})
