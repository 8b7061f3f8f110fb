/** Going live, and each thing that can stand in its way: the relay goes on, and says what it was. */
import { expect, test } from 'vitest'
import { PinsError } from '../../src/pins/pins-error.ts'
import type { Status } from '../../src/protocol/messages.ts'
import { openFake } from '../../src/sandbox/fake/fake.ts'
import { SandboxError } from '../../src/sandbox/sandbox.ts'
import { becomeLive } from '../../src/start-live.ts'

/** Tries to go live with what `open` gives; says what the page and the terminal were told. */
async function tried(open: Parameters<typeof becomeLive>[0]['open'], signal = new AbortController().signal) {
  const told: Status[] = []
  const said: string[] = []
  const relay = { url: 'http://here', goLive: () => void told.push({ is: 'live' }), setStatus: (status: Status) => void told.push(status) }
  const backend = await becomeLive({ relay, open, log: (line) => said.push(line), signal })
  return { backend, status: told.at(-1) ?? null, said: said.join('\n') }
}

const failing = (error: unknown) => () => Promise.reject(error)

test('when all is there the relay is live, and the terminal says so', async () => {
  const fake = openFake()
  const { backend, status, said } = await tried(async () => fake)
  expect([backend, status]).toEqual([fake, { is: 'live' }])
  expect(said).toBe('Live: press Run on http://here, and your own API server stops at that line.')
})

test('a host without sandboxes is recorded, with its remedy; a build that failed has failed, with its own', async () => {
  expect((await tried(failing(new SandboxError('No bwrap.', 'get it')))).status).toEqual({ is: 'recorded', why: 'No bwrap.', fix: 'get it' })
  const { backend, status, said } = await tried(failing(new PinsError('No network.', 'plug it in')))
  expect([backend, status]).toEqual([null, { is: 'failed', why: 'No network.', fix: 'plug it in' }])
  expect(said).toBe('No network.\nplug it in\nThe recordings go on playing at http://here.')
})

const system = (code: string, what: string) => Object.assign(new Error(`${code}: ${what}, mkdtemp '/tmp/x'`), { code, path: '/tmp/x' })

test.each([
  [system('ENOSPC', 'no space left on device'), /disk is full: \/tmp\/x could not be written/, /Free some space/],
  [system('EACCES', 'permission denied'), /may not write \/tmp\/x/, /writable for this user/],
  [system('EROFS', 'read-only file system'), /may not write \/tmp\/x/, /writable for this user/],
  [system('EIO', 'i/o error'), /could not be started: EIO: i\/o error, mkdtemp '\/tmp\/x'/, /Start again/],
  [new TypeError('a mistake of ours'), /could not be started: a mistake of ours/, /the line above is what to report/],
  ['a word', /could not be started: a word/, /Start again/],
])('%s leaves the recordings playing', async (error, why, fix) => {
  const { backend, status, said } = await tried(failing(error))
  expect(backend).toBeNull()
  expect(status).toEqual({ is: 'failed', why: expect.stringMatching(why), fix: expect.stringMatching(fix) })
  expect(said).toMatch(why)
})

test('what fails because it was stopped is not told as a failure', async () => {
  const stopping = new AbortController()
  stopping.abort()
  expect(await tried(failing(new Error('Stopped.')), stopping.signal)).toEqual({ backend: null, status: null, said: '' })
})
