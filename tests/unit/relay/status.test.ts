/** The build's progress, as pages hear of it. */
import { expect, test } from 'vitest'
import { Status } from '../../../src/protocol/messages.ts'
import { openRelay } from './relay-fixture.ts'
import { StubBackend } from './stub-backend.ts'

/** The statuses of a stream, one after another. */
async function* statuses(url: string, signal?: AbortSignal): AsyncGenerator<Status> {
  const { body, headers } = await fetch(`${url}/api/status`, signal ? { signal } : {})
  expect(headers.get('content-type')).toBe('text/event-stream')
  let text = ''
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end)
      text = text.slice(end + 2)
      if (event.startsWith('data: ')) yield Status.parse(JSON.parse(event.slice('data: '.length)))
    }
  }
}

test('a page hears the status at once and each that comes, until the relay closes', async () => {
  const { relay, url } = await openRelay({ status: { is: 'recorded', why: 'Go is missing.', fix: 'Install it.' } })
  const stream = statuses(url)
  const next = async () => (await stream.next()).value
  expect(await next()).toEqual({ is: 'recorded', why: 'Go is missing.', fix: 'Install it.' })
  relay.setStatus({ is: 'building', what: 'k8s.io/api/core/v1', done: 3, all: 9, secondsLeft: 12 })
  expect(await next()).toMatchObject({ is: 'building', done: 3 })
  relay.setStatus({ is: 'failed', why: 'The disk is full.', fix: 'Make room.' })
  expect(await next()).toMatchObject({ is: 'failed' })
  relay.goLive({ backend: new StubBackend(), ahead: 0 })
  expect(await next()).toEqual({ is: 'live' })
  await relay.close()
  expect(await stream.next()).toMatchObject({ done: true })
})

test('a page that does not read is told only the last status, and takes no memory', async () => {
  const { relay, url } = await openRelay()
  const abort = new AbortController()
  const { body } = await fetch(`${url}/api/status`, { signal: abort.signal })
  const before = process.memoryUsage().heapUsed + process.memoryUsage().external
  for (let done = 0; done < 200_000; done += 1)
    relay.setStatus({ is: 'building', what: 'k8s.io/api/core/v1'.repeat(10), done, all: 200_000, secondsLeft: null })
  expect(process.memoryUsage().heapUsed + process.memoryUsage().external - before).toBeLessThan(64 * 1024 * 1024)
  expect(body).not.toBeNull()
  abort.abort()
})

test('pages beyond the limit in all are refused too', async () => {
  const { url } = await openRelay({ limits: { listeners: 0 } })
  expect((await fetch(`${url}/api/status`)).status).toBe(503)
})

test('pages of one client beyond the limit are refused in words, until one leaves', async () => {
  const { url } = await openRelay({ limits: { sessions: 1, listenersPerClient: 2 } })
  const open = async () => {
    const abort = new AbortController()
    const { status, body } = await fetch(`${url}/api/status`, { signal: abort.signal })
    return { status, body, leave: () => abort.abort() }
  }
  const first = await open()
  expect([first.status, (await open()).status]).toEqual([200, 200])
  const refused = await fetch(`${url}/api/status`)
  expect(refused.status).toBe(503)
  expect(await refused.json()).toMatchObject({ why: expect.stringContaining('Too many pages') })
  first.leave()
  // The relay learns that it left a moment later.
  let again = await open()
  while (again.status === 503) again = await open()
  expect(again.status).toBe(200)
})
