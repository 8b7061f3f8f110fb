/** A site is as good as before when its code index cannot be made: what went wrong is said, and nothing is left half. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { findGo } from '../../src/pins/go.ts'
import { addCodeIndex } from '../../src/site-code.ts'
import { pinnedFiles } from '../../src/source/pinned-files.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-code-'))
  return () => rm(folder, { recursive: true })
})

async function add(signal: AbortSignal): Promise<{ added: boolean; lines: string[] }> {
  const lines: string[] = []
  const go = await findGo(process.env)
  const [site, cache] = [join(folder, 'site'), join(folder, 'cache')]
  await mkdir(site)
  // As a run that was killed leaves it.
  await mkdir(join(cache, 'code/indexes/.unfinished-key-x'), { recursive: true })
  // Asked with a Go that works: the one that fails is to fail at the index.
  await pinnedFiles()
  const broken = { ...go, path: '/nowhere/go' }
  const added = await addCodeIndex({ site, cache, go: broken, log: (line) => lines.push(line), onProgress: () => {}, signal })
  return { added, lines }
}

test('a failure is logged with its fix, site and cache have nothing of it, and what a killed run left is gone', async () => {
  const { added, lines } = await add(new AbortController().signal)
  expect(added).toBe(false)
  expect(lines.join('\n')).toMatch(/^Definitions, callers and implementers are left out .*index the code.*\nStart again/s)
  expect(await readdir(join(folder, 'site'))).toEqual([])
  if (process.platform === 'linux') expect(await readdir(join(folder, 'cache/code/indexes'))).toEqual([])
})

test('whoever stops it is told nothing', async () => {
  expect(await add(AbortSignal.abort())).toEqual({ added: false, lines: [] })
})
