/** Who may have a session, and who may look at one. */
import { request } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { PLAIN } from '../../../src/sandbox/sandbox.ts'
import { openReader, postSession } from '../../support/reader.ts'
import { openLiveRelay, openRelay } from './relay-fixture.ts'

/** The HTTP status with which a socket was refused, or 101. */
function socketStatus(url: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/session/socket`, { headers })
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0))
    socket.on('open', () => {
      socket.close()
      resolve(101)
    })
    socket.on('error', reject)
  })
}

test('another site cannot ask for a session', async () => {
  const { url, backend } = await openLiveRelay()
  for (const origin of ['https://evil.example', 'null', `${url}.evil.example`, url.replace('127.0.0.1', 'localhost')]) {
    expect((await postSession(url, { origin })).status, origin).toBe(403)
  }
  const silent = await fetch(`${url}/api/session`, { method: 'POST' })
  expect(silent.status).toBe(403)
  expect(backend.sandboxes).toEqual([])
})

test('another site cannot open a socket with the reader’s cookie', async () => {
  const { url } = await openLiveRelay()
  const { cookie } = await postSession(url)
  expect(await socketStatus(url, { cookie, origin: 'https://evil.example' })).toBe(403)
  expect(await socketStatus(url, { cookie })).toBe(403)
  expect(await socketStatus(url, { cookie, origin: url })).toBe(101)
})

test('without the session’s own cookie there is no socket to it', async () => {
  const { url } = await openLiveRelay()
  const { cookie } = await postSession(url)
  const [name, value = ''] = cookie.split('=')
  const [id, secret = ''] = value.split('.')
  const other = (await postSession(url)).cookie.split('.')[1] ?? ''
  const wrong = [
    `${name}=${id}.${other}`,
    `${name}=${id}.${secret.slice(1)}A`,
    `${name}=${id}.`,
    `${name}=${id}`,
    `${name}=__proto__`,
    `other=${value}`,
    '',
  ]
  for (const each of wrong) expect(await socketStatus(url, { cookie: each, origin: url }), each).toBe(401)
})

test('the cookie cannot be read by scripts nor sent by other sites', async () => {
  const { url } = await openLiveRelay()
  const answer = await fetch(`${url}/api/session`, { method: 'POST', headers: { origin: url } })
  const [cookie = ''] = answer.headers.getSetCookie()
  expect(answer.status).toBe(201)
  expect(cookie).toMatch(/^session-\d+=[0-9a-f]{12}\.[\w-]{43}; /)
  expect(cookie).toContain('HttpOnly')
  expect(cookie).toContain('SameSite=Strict')
  expect(cookie).toContain('Path=/api/session')
})

test('asking twice finds the same session', async () => {
  const { url, backend } = await openLiveRelay()
  const first = await postSession(url)
  const second = await postSession(url, { cookie: first.cookie })
  expect([first.status, second.status]).toEqual([201, 200])
  await (await openReader({ url, cookie: first.cookie })).session('live')
  expect(backend.sandboxes).toHaveLength(1)
})

test('a walk that needs a sandbox of its own kind gets a new one, and its session says which walk it is for', async () => {
  const setup = { ...PLAIN, server: ['--v=6'] }
  const setups = new Map([
    ['logging/levels', setup],
    ['create-a-pod/create-a-pod', null],
  ])
  const { url, backend } = await openLiveRelay({ ahead: 1, setups })
  const prepared = await postSession(url, {}, { walk: 'logging/levels' })
  expect((await (await openReader({ url, cookie: prepared.cookie })).session('live')).walk).toBe('logging/levels')
  expect(backend.setups.slice(0, 2)).toEqual([null, setup])
  const plain = await postSession(url, {}, { walk: 'create-a-pod/create-a-pod' })
  expect((await (await openReader({ url, cookie: plain.cookie })).session('live')).walk).toBeNull()
  expect(backend.setups.filter((one) => one !== null)).toEqual([setup])
})

test('a walk that is not in the book, or a wish that is none, is refused and starts nothing', async () => {
  const { url, backend } = await openLiveRelay()
  expect((await postSession(url, {}, { walk: '__proto__' })).status).toBe(404)
  for (const wish of [{ walk: 3 }, { walk: 'x'.repeat(201) }, { server: ['--v=9'] }, []]) expect((await postSession(url, {}, wish)).status).toBe(400)
  expect(backend.setups).toEqual([])
})

test('a name that was pointed at this machine is refused, with the address to open', async () => {
  const { url } = await openLiveRelay()
  const { port } = new URL(url)
  const ask = (host: string, path: string) =>
    new Promise<{ status: number; body: string }>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, headers: { host } }, (answer) => {
        let body = ''
        answer.on('data', (chunk) => {
          body += chunk
        })
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
      })
      sent.on('error', reject)
      sent.end()
    })
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', 'localhost@evil.example', '10.1.2.3']) {
    for (const path of ['/', '/api/status', '/api/session', '/healthz', '/nothing']) {
      const { status, body } = await ask(host, path)
      expect(status, `${host}${path}`).toBe(421)
      expect(body).toContain(url)
    }
  }
  for (const host of [`127.0.0.1:${port}`, 'localhost', 'LOCALHOST:1', '[::1]:8080']) expect((await ask(host, '/')).status, host).toBe(200)
})

test('when every sandbox is taken the reader is told so, and one that ends makes room', async () => {
  const { url } = await openLiveRelay({ limits: { sessions: 1 } })
  const first = await openReader({ url })
  await first.session('live')
  const refused = await postSession(url)
  expect(refused.status).toBe(503)
  expect(refused.body).toMatchObject({ why: expect.stringContaining('in use'), fix: expect.stringContaining('recording') })
  first.send({ type: 'end' })
  await first.closed
  expect((await postSession(url, { cookie: first.cookie })).status).toBe(201)
})

test('one client cannot take every session, and one that ends makes room again', async () => {
  const { url } = await openLiveRelay({ limits: { sessions: 10, sessionsPerClient: 2 } })
  const [first, second] = [await openReader({ url }), await openReader({ url })]
  await Promise.all([first.session('live'), second.session('live')])
  const refused = await postSession(url)
  expect(refused.status).toBe(429)
  expect(refused.body).toMatchObject({ why: expect.stringContaining('from your address'), fix: expect.stringContaining('End one') })
  expect((await postSession(url, { cookie: first.cookie })).status, 'their own').toBe(200)
  first.send({ type: 'end' })
  await first.closed
  expect((await postSession(url)).status).toBe(201)
})

test('before the relay is live, a session is refused with what is missing', async () => {
  const { relay, url } = await openRelay({ status: { is: 'recorded', why: 'Go is missing.', fix: 'Install Go.' } })
  expect(await postSession(url)).toMatchObject({ status: 409, body: { why: 'Go is missing.', fix: 'Install Go.' } })
  relay.setStatus({ is: 'building', what: 'k8s.io/api', done: 1, all: 9, secondsLeft: null })
  expect(await postSession(url)).toMatchObject({ status: 409, body: { why: expect.stringContaining('built') } })
})

test('only so many pages look at one session', async () => {
  const { url } = await openLiveRelay({ limits: { viewers: 2 } })
  const first = await openReader({ url })
  await openReader({ url, cookie: first.cookie })
  expect(await socketStatus(url, { cookie: first.cookie, origin: url })).toBe(429)
})

test('pages that come and go without end have to wait', async () => {
  const { url } = await openLiveRelay()
  const { cookie } = await postSession(url)
  const statuses: number[] = []
  for (let count = 0; count < 35; count += 1) statuses.push(await socketStatus(url, { cookie, origin: url }))
  expect(statuses.slice(0, 30).every((status) => status === 101)).toBe(true)
  expect(statuses.at(-1)).toBe(429)
})

/** What comes back over a bare connection until the relay hangs up. */
function untilHungUp(url: string, request: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.write(request)
  return new Promise((resolve) => socket.on('close', () => resolve(answer)))
}

test('a socket anywhere else, or under another name, is refused and hung up', async () => {
  const { url } = await openLiveRelay()
  const { host } = new URL(url)
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'
  for (const path of ['/', '/nothing', '/api/session', '/api/status']) {
    expect(await untilHungUp(url, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${upgrade}`), path).toMatch(/^HTTP\/1.1 404/)
  }
  expect(await untilHungUp(url, `GET /api/session/socket HTTP/1.1\r\nHost: evil.example\r\n${upgrade}`)).toMatch(/^HTTP\/1.1 421/)
  expect(await untilHungUp(url, `GET /api/session/socket HTTP/1.1\r\nHost: ${host}\r\n${upgrade}`)).toMatch(/^HTTP\/1.1 403/)
})

test('requests that are not HTTP, or too large, are refused and hung up', async () => {
  const { url } = await openLiveRelay()
  const { host } = new URL(url)
  const refused = {
    garbage: ['\u0016\u0003\u0001\r\n\r\n', /^HTTP\/1.1 400/],
    'a very long header': [`GET / HTTP/1.1\r\nHost: ${host}\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, /^HTTP\/1.1 431/],
    'two lengths': [
      `POST /api/session HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      /^HTTP\/1.1 400/,
    ],
    'a large body': [
      `POST /api/session HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${url}\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{`,
      /^HTTP\/1.1 413/,
    ],
  } as const
  for (const [name, [request, answer]] of Object.entries(refused)) expect(await untilHungUp(url, request), name).toMatch(answer)
})

test('healthz counts', async () => {
  const { url } = await openLiveRelay({ limits: { sessions: 3 } })
  const reader = await openReader({ url })
  await reader.session('live')
  const health = await (await fetch(`${url}/healthz`)).json()
  expect(health).toEqual({
    mode: 'live',
    sessions: 1,
    atMost: 3,
    viewers: 1,
    sandboxes: { backend: 'fake', limits: 'none', taken: 1, starting: 0, ready: 0 },
  })
})

test('a taken port is named, with the next one to try', async () => {
  const { url } = await openRelay()
  const port = Number(new URL(url).port)
  await expect(openRelay({ port })).rejects.toMatchObject({
    name: 'RelayError',
    message: `Port ${port} of 127.0.0.1 is taken by another program.`,
    fix: expect.stringContaining(`--port ${port + 1}`),
  })
})
