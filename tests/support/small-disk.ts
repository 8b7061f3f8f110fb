/** A disk that is soon full, for tests of what is said then. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished, type TestContext } from 'vitest'

export interface SmallDisk {
  megabytes: number
  /** How many files and folders it holds, itself one of them. */
  files?: number
}

/** Mounts it until the test is over and returns its folder, or skips the test with the reason. */
export async function smallDisk({ megabytes, files }: SmallDisk, { skip }: Pick<TestContext, 'skip'>): Promise<string> {
  const disk = await mkdtemp(join(tmpdir(), 'small-disk-'))
  onTestFinished(() => rm(disk, { recursive: true }))
  const size = [`size=${megabytes}m`, ...(files === undefined ? [] : [`nr_inodes=${files}`])].join(',')
  const refused = await promisify(execFile)('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', disk]).then(
    () => null,
    (error: { stderr?: string; message: string }) => error.stderr || error.message,
  )
  skip(refused !== null, `a small disk cannot be mounted here: ${refused}`)
  onTestFinished(async () => {
    await promisify(execFile)('umount', [disk])
  })
  return disk
}
