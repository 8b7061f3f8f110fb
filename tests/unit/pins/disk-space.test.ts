/** A disk that is too small is named before the build, and a disk that fills up is named after it. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, type TestContext, test } from 'vitest'
import { checkSpace, diskFull, isDiskFull } from '../../../src/pins/disk-space.ts'

/** Mounts a disk of one megabyte, or skips the test with the reason. */
async function smallDisk({ skip }: Pick<TestContext, 'skip'>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'small-disk-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const refused = await promisify(execFile)('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).then(
    () => null,
    (error: { stderr: string }) => error.stderr,
  )
  skip(refused !== null, `a disk of one megabyte cannot be mounted here: ${refused}`)
  onTestFinished(async () => {
    await promisify(execFile)('umount', [folder])
  })
  return folder
}

test('a disk with room is accepted, and folders that are not there yet are made', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'space-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await checkSpace([{ folder: join(folder, 'not/yet'), bytes: 1_000 }])
})

test('needs on one disk are added up', async (context) => {
  const folder = await smallDisk(context)
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
  const folder = await smallDisk(context)
  const error = await writeFile(join(folder, 'large'), Buffer.alloc(2 << 20)).catch((thrown: unknown) => thrown)
  expect(isDiskFull(error)).toBe(true)
  const { message, fix } = await diskFull([tmpdir(), folder], error)
  expect(message).toContain(`could not write to ${folder}, where 0 MB are free`)
  expect(fix).toContain('start again')
})

test("Go's own words for a full disk are understood", () => {
  expect(isDiskFull(new Error('write /cache/x: no space left on device'))).toBe(true)
  expect(isDiskFull(new Error('undefined: x'))).toBe(false)
})
