/** `npm start` on bad days: no Go, a port that is taken, another system. What it does on good days is tested in a browser. */
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { PinsError } from '../../src/pins/pins-error.ts'
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
function options({ port = 0, onSaid = () => {} }: { port?: number; onSaid?: () => void } = {}): StartOptions {
  const write = (text: string) => {
    said += text
    onSaid()
  }
  return {
    host: '127.0.0.1',
    port,
    recorded: false,
    cache: join(folder, 'cache'),
    site: join(folder, 'site'),
    go: NO_GO,
    output: { write },
    signal: stopping.signal,
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

test('without Go a site that was built earlier is served, recorded, and the page is told why', async () => {
  await siteFromEarlier()
  const { promise: isUp, resolve } = Promise.withResolvers<string>()
  const onSaid = () => {
    const url = /Recorded only/.test(said) && /http:\S+/.exec(said)?.[0]
    if (url) resolve(url)
  }
  const running = start(options({ onSaid }))
  const url = await isUp
  expect(await (await fetch(url)).text()).toContain('The book')
  const status = await fetch(`${url}/api/status`)
  const { value } = (await status.body?.getReader().read()) ?? {}
  expect(new TextDecoder().decode(value)).toContain(JSON.stringify({ is: 'recorded', why: NO_GO.message, fix: NO_GO.fix }))
  stopping.abort()
  await running
  await expect(fetch(url)).rejects.toThrow()
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
  const { promise: isUp, resolve } = Promise.withResolvers<string>()
  const first = start(options({ onSaid: () => said.includes('Recorded only') && resolve(String(/http:\S+/.exec(said)?.[0])) }))
  const url = new URL(await isUp)
  await expect(start(options({ port: Number(url.port) }))).rejects.toMatchObject({
    message: expect.stringContaining('It is Follow the Request itself'),
    fix: expect.stringContaining(url.href),
  })
  stopping.abort()
  await first
})
