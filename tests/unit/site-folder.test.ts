/** How the folder of the site is renewed: when it is, what killed builds left, and a disk that is full. Small sites stand for the real one. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { keyOf, type RenewOptions, renewSite } from '../../src/site-folder.ts'
import { smallDisk } from '../support/small-disk.ts'

let site = ''

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'site-folder-'))
  site = join(folder, 'dist')
  return () => rm(folder, { recursive: true })
})

/** Makes a site of one page, unless told otherwise. */
function options(own: Partial<RenewOptions> & { page?: string } = {}): RenewOptions {
  const { page = 'a page', ...rest } = own
  const make = async (folder: string) => {
    await mkdir(folder)
    await writeFile(join(folder, 'index.html'), page)
  }
  return { site, key: 'one', bytes: 0, make, onWait: () => {}, signal: new AbortController().signal, ...rest }
}

const beside = async () => await readdir(dirname(site))
const page = async () => await readFile(join(site, 'index.html'), 'utf8')

test('a site is made, and made again only when its key changes', async () => {
  await renewSite(options())
  const make = vi.fn()
  await renewSite(options({ make }))
  expect(make).not.toHaveBeenCalled()
  await renewSite(options({ key: 'two', page: 'another' }))
  expect([await page(), await keyOf(site), await beside()]).toEqual(['another', 'two', ['dist']])
})

test('what a killed build left beside a site that is up to date is removed', async () => {
  await renewSite(options())
  await mkdir(`${site}.old/source`, { recursive: true })
  await mkdir(`${site}.unfinished/source`, { recursive: true })
  const make = vi.fn()
  await renewSite(options({ make }))
  expect(make).not.toHaveBeenCalled()
  expect(await beside()).toEqual(['dist'])
})

test('of two builds at once one waits, says so, and finds the work done', async () => {
  const { promise: waits, resolve: onWait } = Promise.withResolvers<void>()
  const make = vi.fn(async (folder: string) => {
    await waits
    await options().make(folder)
  })
  await Promise.all([renewSite(options({ make, onWait })), renewSite(options({ make, onWait }))])
  expect(make).toHaveBeenCalledTimes(1)
})

test('a build that fails leaves the site that was there, and nothing beside it', async () => {
  await renewSite(options())
  const make = async (folder: string) => {
    await mkdir(folder)
    throw new Error('a chapter is broken')
  }
  await expect(renewSite(options({ key: 'two', make }))).rejects.toThrow('a chapter is broken')
  expect([await page(), await beside()]).toEqual(['a page', ['dist']])
})

test('a disk that fills up while the site is made is named, with what to do', async (context) => {
  const disk = await smallDisk({ megabytes: 1 }, context)
  const onDisk = join(disk, 'dist')
  await renewSite(options({ site: onDisk }))
  const failing = renewSite(options({ site: onDisk, key: 'two', page: 'x'.repeat(2 << 20) }))
  await expect(failing).rejects.toMatchObject({
    name: 'PinsError',
    message: expect.stringMatching(`The disk is full: the build of the site could not write to ${disk}, where \\d+ MB are free.`),
    fix: expect.stringContaining('Free some space there'),
  })
  expect(await readFile(join(onDisk, 'index.html'), 'utf8')).toBe('a page')
  expect(await readdir(disk)).toEqual(['dist'])
})

test('a disk that is too small is named before anything is made', async (context) => {
  const disk = await smallDisk({ megabytes: 1 }, context)
  const make = vi.fn()
  await expect(renewSite(options({ site: join(disk, 'dist'), bytes: 2 << 20, make }))).rejects.toMatchObject({
    message: `The disk of ${disk} has 1 MB free, and the build of the site needs 2 MB.`,
    fix: expect.stringContaining('Free some space there'),
  })
  expect(make).not.toHaveBeenCalled()
})

test("Astro's own words for a full disk are understood", async () => {
  const make = async () => {
    throw new Error('The site cannot be built:\nENOSPC: no space left on device, write')
  }
  await expect(renewSite(options({ make }))).rejects.toMatchObject({ message: expect.stringContaining('The disk is full'), fix: expect.any(String) })
})
