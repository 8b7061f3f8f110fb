/** `npm start` where nothing has to be built: no Go, a port that is taken, another system, recordings only. The good day is tests/contract/start.test.ts. */
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Go } from '../../src/pins/go.ts'
import { PinsError } from '../../src/pins/pins-error.ts'
import { siteKey } from '../../src/site-key.ts'
import { type StartOptions, start } from '../../src/start.ts'

const NO_GO = new PinsError('Go is not installed.', 'Install it with: get-go')

let folder = ''
let stopping: AbortController
let said = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'))
  stopping = new AbortController()
  said = ''
  return () => rm(folder, { recursive: true })
})

/** Options without Go; what is written to the terminal ends up in `said`, and `onSaid` hears of it. */
function options({ onSaid = () => {}, ...own }: Partial<StartOptions> & { onSaid?: () => void } = {}): StartOptions {
  const write = (text: string) => {
    said += text
    onSaid()
  }
  return {
    host: '127.0.0.1',
    port: 0,
    recorded: false,
    platform: 'linux',
    cache: join(folder, 'cache'),
    site: join(folder, 'site'),
    go: NO_GO,
    output: { write },
    signal: stopping.signal,
    ...own,
  }
}

async function siteFromEarlier() {
  await mkdir(join(folder, 'site'))
  await writeFile(join(folder, 'site/index.html'), '<html><title>The book</title></html>')
  await writeFile(join(folder, 'site/.made-from'), 'some earlier state')
}

test('without Go and without a site it stops, with what to type', async () => {
  await expect(start(options())).rejects.toBe(NO_GO)
})

/** Starts and resolves when the recordings are served, with the address. */
async function startRecorded(own: Partial<StartOptions> = {}): Promise<{ url: string; running: Promise<void> }> {
  const { promise: isUp, resolve, reject } = Promise.withResolvers<string>()
  const onSaid = () => {
    const url = /Recorded only/.test(said) && /http:\S+/.exec(said)?.[0]
    if (url) resolve(url)
  }
  const running = start(options({ onSaid, ...own }))
  running.catch(reject)
  return { url: await isUp, running }
}

/** The first status that a page is told. */
async function statusOf(url: string): Promise<unknown> {
  const { body } = await fetch(`${url}/api/status`)
  const { value } = (await body?.getReader().read()) ?? {}
  return JSON.parse(new TextDecoder().decode(value).replace(/^data: /, ''))
}

test('without Go a site that was built earlier is served, recorded, and the page is told why', async () => {
  await siteFromEarlier()
  const { url, running } = await startRecorded()
  expect(await (await fetch(url)).text()).toContain('The book')
  expect(await statusOf(url)).toEqual({ is: 'recorded', why: NO_GO.message, fix: NO_GO.fix })
  stopping.abort()
  await running
  await expect(fetch(url)).rejects.toThrow()
})

test.each<[string, Partial<StartOptions>, object]>([
  ['--recorded', { recorded: true }, { is: 'recorded', why: 'It was started with --recorded.', fix: expect.stringContaining('Start it without') }],
  [
    'another system than Linux',
    { platform: 'darwin' },
    { is: 'recorded', why: expect.stringContaining('need the Linux kernel'), fix: expect.any(String) },
  ],
])('with %s the recordings are served, nothing is built for sandboxes, and page and terminal say why', async (_, own, status) => {
  await siteFromEarlier()
  await writeFile(join(folder, 'site/.made-from'), await siteKey('/'))
  await mkdir(join(folder, 'site/source/code'), { recursive: true })
  await writeFile(join(folder, 'site/source/code/index.json'), '{}')
  // A Go that would be heard of if anything ran it: the site is up to date.
  const go: Go = { path: '/nowhere/go', version: '1.26.8', environment: {} }
  const { url, running } = await startRecorded({ go, ...own })
  expect(await statusOf(url)).toEqual(status)
  expect((await fetch(`${url}/api/session`, { method: 'POST', headers: { origin: url } })).ok).toBe(false)
  stopping.abort()
  await running
  expect(await readdir(folder)).toEqual(['site'])
})

test('a port that is taken is named before anything is built', async () => {
  const other = createServer((_, response) => response.end('something else')).listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  await expect(start(options({ port }))).rejects.toMatchObject({
    message: `Port ${port} of 127.0.0.1 is taken by another program.`,
    fix: expect.stringContaining(`--port ${port + 1}`),
  })
})

test('a port that another start holds is said to be that', async () => {
  await siteFromEarlier()
  const { url: address, running: first } = await startRecorded()
  const url = new URL(address)
  await expect(start(options({ port: Number(url.port) }))).rejects.toMatchObject({
    message: expect.stringContaining('It is Follow the Request itself'),
    fix: expect.stringContaining(url.href),
  })
  stopping.abort()
  await first
})
