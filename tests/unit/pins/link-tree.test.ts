/** Trees that share files where they can, and copy where they cannot. */
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { linkTree } from '../../../src/pins/link-tree.ts'

let from = ''
beforeEach(async () => {
  from = await mkdtemp(join(tmpdir(), 'tree-'))
  await mkdir(join(from, 'a/b'), { recursive: true })
  await writeFile(join(from, 'top.go'), 'top')
  await writeFile(join(from, 'a/b/deep.go'), 'deep', { mode: 0o444 })
  return () => rm(from, { recursive: true })
})

async function target(parent: string): Promise<string> {
  const folder = await mkdtemp(join(parent, 'links-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'tree')
}

test('files are the same files, not copies', async () => {
  const to = await target(tmpdir())
  await linkTree(from, to)
  for (const path of ['top.go', 'a/b/deep.go']) expect((await stat(join(to, path))).ino).toBe((await stat(join(from, path))).ino)
})

test('a skipped file is left out', async () => {
  const to = await target(tmpdir())
  await linkTree(from, to, (path) => path === 'a/b/deep.go')
  await expect(stat(join(to, 'a/b/deep.go'))).rejects.toThrow('ENOENT')
})

test('across file systems files are copied', async ({ skip }) => {
  const memory = await stat('/dev/shm').catch(() => null)
  skip(memory === null || memory.dev === (await stat(from)).dev, 'there is no second file system at /dev/shm')
  const to = await target('/dev/shm')
  await linkTree(from, to)
  expect(await readFile(join(to, 'a/b/deep.go'), 'utf8')).toBe('deep')
})

test('a failure that is not about links is an error', async () => {
  const to = await target(tmpdir())
  await linkTree(from, to)
  await expect(linkTree(from, to)).rejects.toThrow('EEXIST')
})
