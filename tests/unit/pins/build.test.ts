/** Building into the cache: progress, reuse, interruption, two at once, and what is said when it fails. Small programs stand for large ones. */
import { execFile } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { test as base, beforeEach, expect, onTestFinished, vi } from 'vitest'
import { build } from '../../../src/pins/build.ts'
import type { BuildProgress, ProgramGroup } from '../../../src/pins/built.ts'
import { builtAlready } from '../../../src/pins/built-already.ts'
import { findGo } from '../../../src/pins/go.ts'
import { holdLock } from '../../../src/pins/lock.ts'
import { smallDisk } from '../../support/small-disk.ts'
import { standInForSource } from '../../support/source-stand-in.ts'

const test = base.skipIf(process.platform !== 'linux')
const go = await findGo(process.env)

let cache = ''
let group: ProgramGroup

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'build-'))
  cache = join(folder, 'cache')
  await standInForSource(cache)
  // A copy that differs from any other, so that Go has to compile it.
  const directory = join(folder, 'greeter')
  await cp(resolve('tests/fixtures/programs/greeter'), directory, { recursive: true })
  await writeFile(join(directory, 'lib/unique.go'), `package lib\n\nconst unique = "${folder}"\n`)
  group = { name: 'greeter', directory, packages: { greet: './greet', shout: './shout' }, debugged: true, patched: false }
  return () => rm(folder, { recursive: true })
})

const programsIn = async () => await readdir(join(cache, 'programs')).catch(() => [])

test('every program of a group is built and runs', async () => {
  const { programs } = await build({ groups: [group], cache, go })
  expect((await promisify(execFile)(String(programs.shout))).stderr).toBe('hello!\n')
  expect(Object.keys(programs)).toEqual(['greet', 'shout'])
})

test('progress counts packages and programs up to all of them', async () => {
  const seen: BuildProgress[] = []
  await build({ groups: [group], cache, go, onProgress: (progress) => seen.push(progress) })
  const counted = seen.filter(({ all }) => all > 0)
  expect(counted[0]?.done).toBe(0)
  expect(counted.some(({ what }) => what === 'fixture/greeter/lib')).toBe(true)
  expect(counted.at(-1)).toMatchObject({ done: 3, all: 3 })
  expect(counted.map(({ done }) => done)).toEqual(counted.map(({ done }) => done).toSorted((one, other) => one - other))
})

test('a finished build is found again, without Go and within 200 ms', async () => {
  const built = await build({ groups: [group], cache, go })
  const began = performance.now()
  expect(await builtAlready({ groups: [group], cache })).toEqual(built)
  expect(performance.now() - began).toBeLessThan(200)
  expect(await build({ groups: [group], cache, go: { ...go, path: '/nowhere/go' } })).toEqual(built)
})

test('a changed source is built anew, and nothing else is', async () => {
  const other = { ...group, name: 'other', packages: { greet: './greet' } }
  await build({ groups: [group], cache, go })
  await writeFile(join(group.directory, 'lib/lib.go'), 'package lib\n\nconst Greeting = "good day"\n')
  expect(await builtAlready({ groups: [group], cache })).toBeNull()
  const { programs } = await build({ groups: [group, other], cache, go })
  expect((await promisify(execFile)(String(programs.shout))).stderr).toBe('good day!\n')
})

test('an interrupted build leaves nothing that looks finished, and the next one succeeds', async () => {
  const stopping = new AbortController()
  const onProgress = ({ all }: BuildProgress) => all > 0 && stopping.abort(new Error('interrupted'))
  await expect(build({ groups: [group], cache, go, signal: stopping.signal, onProgress })).rejects.toThrow('interrupted')
  expect(await programsIn()).toEqual([])
  expect(await builtAlready({ groups: [group], cache })).toBeNull()
  await build({ groups: [group], cache, go })
})

test('what a killed build left is swept away', async () => {
  await mkdir(join(cache, 'programs/.unfinished-greeter-0123456789abcdef-x/work'), { recursive: true })
  await build({ groups: [group], cache, go })
  expect(await programsIn()).toEqual([expect.stringMatching(/^greeter-[0-9a-f]{16}$/)])
})

test('of two builds at once one waits, says so, and finds the work done', async () => {
  const waited = vi.fn()
  const onProgress = ({ what }: BuildProgress) => what.startsWith('waiting') && waited()
  const [one, other] = await Promise.all([build({ groups: [group], cache, go, onProgress }), build({ groups: [group], cache, go, onProgress })])
  expect(one).toEqual(other)
  expect(waited).toHaveBeenCalledTimes(1)
  expect(await programsIn()).toHaveLength(1)
})

test('a build that waits for another can be stopped', async () => {
  onTestFinished(await holdLock({ file: join(cache, 'build.lock') }))
  const stopping = new AbortController()
  const onProgress = () => stopping.abort(new Error('interrupted'))
  await expect(build({ groups: [group], cache, go, signal: stopping.signal, onProgress })).rejects.toThrow('interrupted')
})

test("a program that does not compile is reported with the compiler's words, and leaves no folder", async () => {
  const broken = { name: 'broken', directory: resolve('tests/fixtures/programs/broken'), packages: { broken: '.' }, debugged: true, patched: false }
  await expect(build({ groups: [broken], cache, go })).rejects.toThrow(/could not build broken:.*undefined: undefinedName/s)
  expect(await programsIn()).toEqual([])
})

test('a network that is down is named, with what to do', async () => {
  const needy = { ...group, name: 'needy' }
  await writeFile(join(group.directory, 'go.mod'), 'module fixture/greeter\n\ngo 1.26.0\n\nrequire example.invalid/lib v1.0.0\n')
  await writeFile(join(group.directory, 'greet/needs.go'), 'package main\n\nimport _ "example.invalid/lib"\n')
  await writeFile(
    join(group.directory, 'go.sum'),
    'example.invalid/lib v1.0.0 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nexample.invalid/lib v1.0.0/go.mod h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n',
  )
  const offline = { ...go, environment: { ...go.environment, GOPROXY: 'http://127.0.0.1:1', GOMODCACHE: join(cache, 'modules') } }
  await expect(build({ groups: [needy], cache, go: offline })).rejects.toMatchObject({
    message: expect.stringContaining('could not reach the network'),
    fix: expect.stringContaining('HTTPS_PROXY'),
  })
})

test('a disk that is too small is named before anything is compiled', async (context) => {
  const disk = await smallDisk({ megabytes: 4 }, context)
  const small = { ...go, environment: { ...go.environment, GOCACHE: join(disk, 'go-build') } }
  const seen: BuildProgress[] = []
  const building = build({ groups: [group], cache, go: small, onProgress: (progress) => seen.push(progress) })
  await expect(building).rejects.toMatchObject({ message: expect.stringMatching(`${disk}/go-build has .* free, and the build needs`) })
  expect(seen.filter(({ all }) => all > 0)).toEqual([])
})

test('a disk that fills up during the build is named, and the next build succeeds', async (context) => {
  // Not the disk of Go's build cache: Go goes on when it cannot keep what it compiled.
  const disk = await smallDisk({ megabytes: 64 }, context)
  const onDisk = join(disk, 'cache')
  await standInForSource(onDisk)
  const filler = join(disk, 'filler')
  const fill = ({ all }: BuildProgress) => {
    if (all === 0 || existsSync(filler)) return
    expect(() => writeFileSync(filler, Buffer.alloc(100 << 20))).toThrow('ENOSPC')
  }
  await expect(build({ groups: [group], cache: onDisk, go, onProgress: fill })).rejects.toMatchObject({
    message: expect.stringContaining(`The disk is full: the build could not write to ${onDisk}`),
    fix: expect.stringContaining('XDG_CACHE_HOME'),
  })
  expect(await readdir(join(onDisk, 'programs'))).toEqual([])
  await rm(filler)
  await build({ groups: [group], cache: onDisk, go })
})

test('a disk that is full before the cache has a folder on it is named', async (context) => {
  const onDisk = join(await smallDisk({ megabytes: 1, files: 1 }, context), 'cache')
  await expect(build({ groups: [group], cache: onDisk, go })).rejects.toMatchObject({
    message: expect.stringContaining(`The disk is full: the build could not write to ${onDisk}`),
    fix: expect.stringContaining('XDG_CACHE_HOME'),
  })
})

test('a disk that is full before the build can be locked is named', async (context) => {
  const onDisk = join(await smallDisk({ megabytes: 1, files: 2 }, context), 'cache')
  await expect(build({ groups: [group], cache: onDisk, go })).rejects.toMatchObject({ message: expect.stringContaining('The disk is full') })
})
