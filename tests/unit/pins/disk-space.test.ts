/** A disk that is too small is named before the build, and a disk that fills up is named after it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkSpace, diskFull, isDiskFull } from '../../../src/pins/disk-space.ts'
import { smallDisk } from '../../support/small-disk.ts'

test('a disk with room is accepted, and folders that are not there yet are made', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'space-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await checkSpace([{ folder: join(folder, 'not/yet'), bytes: 1_000 }])
})

test('needs on one disk are added up', async (context) => {
  const folder = await smallDisk({ megabytes: 1 }, context)
  await checkSpace([{ folder, bytes: 700_000 }])
  const both = checkSpace([
    { folder: join(folder, 'one'), bytes: 700_000 },
    { folder: join(folder, 'two'), bytes: 700_000 },
  ])
  await expect(both).rejects.toMatchObject({
    message: expect.stringMatching(/one has 1 MB free, and the build needs 1 MB|needs 1/),
    fix: expect.stringContaining('XDG_CACHE_HOME'),
  })
})

test('the fullest folder is named when a disk is full', async (context) => {
  const folder = await smallDisk({ megabytes: 1 }, context)
  const error = await writeFile(join(folder, 'large'), Buffer.alloc(2 << 20)).catch((thrown: unknown) => thrown)
  expect(isDiskFull(error)).toBe(true)
  const { message, fix } = await diskFull([tmpdir(), join(folder, 'not/yet')], error)
  expect(message).toContain(`the build could not write to ${folder}/not/yet, where 0 MB are free`)
  expect(fix).toContain('start again')
})

test("Go's own words for a full disk are understood", () => {
  expect(isDiskFull(new Error('write /cache/x: no space left on device'))).toBe(true)
  expect(isDiskFull(new Error('undefined: x'))).toBe(false)
})
