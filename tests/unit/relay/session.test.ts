/** A reader's session, from the claim to its end, over real sockets. */
import { expect, onTestFinished, test, vi } from 'vitest'
import type { FromRelay } from '../../../src/protocol/messages.ts'
import { SandboxError } from '../../../src/sandbox/sandbox.ts'
import { openReader, postSession } from '../../support/reader.ts'
import { openLiveRelay } from './relay-fixture.ts'
import { StubBackend } from './stub-backend.ts'

const viewers = (count: number) => (message: FromRelay) => message.type === 'viewers' && message.count === count

test('keys reach the terminal, and what it says reaches the page', async () => {
  const { url, sandbox } = await openLiveRelay()
  const reader = await openReader({ url })
  await reader.session('live')
  sandbox().terminal('shell').say('$ ')
  await reader.says('shell', '$')
  reader.type('shell', 'kubectl get pods')
  await sandbox()
    .terminal('shell')
    .until(({ typed }) => typed === 'kubectl get pods\r')
  expect(sandbox().terminal('debugger').typed).toBe('')
})

test('a page that was reloaded sees the same screen, and two pages see the same', async () => {
  const { url, sandbox } = await openLiveRelay()
  const first = await openReader({ url })
  await first.session('live')
  const shell = sandbox().terminal('shell')
  for (let line = 1; line <= 200; line += 1) shell.say(`\u001b[3${line % 8}mline ${line}\u001b[0m\r\n`)
  shell.say('\u001b[?25l$ half a comm')
  await first.says('shell', 'half a comm')
  const second = await openReader({ url, cookie: first.cookie })
  await second.says('shell', 'half a comm')
  expect(second.text('shell')).toBe(first.text('shell'))
  shell.say('and')
  await Promise.all([first.says('shell', 'half a command'), second.says('shell', 'half a command')])
  await first.message(viewers(2))
  const before = second.messages.length
  await first.close()
  await second.message(viewers(1), before)
})

test('two pages may both type, and the last to resize wins while the other gets the screen in that size', async () => {
  const { url, sandbox } = await openLiveRelay()
  const first = await openReader({ url, columns: 100, rows: 30 })
  await first.session('live')
  const shell = sandbox().terminal('shell')
  await shell.until(({ size }) => size.columns === 100 && size.rows === 30)
  const second = await openReader({ url, cookie: first.cookie, columns: 60, rows: 20 })
  await shell.until(({ size }) => size.columns === 60 && size.rows === 20)
  await first.message((message) => message.type === 'screen' && message.terminal === 'shell' && message.columns === 60 && message.rows === 20)
  first.send({ type: 'input', terminal: 'shell', text: 'a' })
  await shell.until(({ typed }) => typed === 'a')
  second.send({ type: 'input', terminal: 'shell', text: 'b' })
  await shell.until(({ typed }) => typed === 'ab')
})

test('while a sandbox starts, the page is told what happens and for how long', async () => {
  const started = Promise.withResolvers<void>()
  const backend = new StubBackend(async ({ onProgress }) => {
    onProgress?.('Starting etcd')
    await started.promise
    onProgress?.('Starting the API server')
  })
  const { url } = await openLiveRelay({ backend })
  const reader = await openReader({ url })
  const claiming = await reader.session('claiming')
  expect(claiming).toMatchObject({ what: 'Starting etcd', seconds: expect.any(Number) })
  started.resolve()
  await reader.message((message) => message.type === 'session' && message.state.is === 'claiming' && message.state.what === 'Starting the API server')
  expect((await reader.session('live')).substitute).toEqual([['k8s.io/apiserver@v0.36.3', 'staging/src/k8s.io/apiserver']])
})

test('a sandbox that cannot be started ends the session with what is wrong and what to do, and the next try may succeed', async () => {
  const failures = [new SandboxError('User namespaces are forbidden on this machine.', 'Allow them: sysctl kernel.unprivileged_userns_clone=1')]
  const backend = new StubBackend(async () => {
    const failure = failures.pop()
    if (failure) throw failure
  })
  const { url } = await openLiveRelay({ backend })
  const reader = await openReader({ url })
  const { ending } = await reader.session('ended')
  expect(ending.words).toBe('User namespaces are forbidden on this machine. Allow them: sysctl kernel.unprivileged_userns_clone=1')
  expect((await reader.closed).code).toBe(4000)
  const again = await postSession(url, { cookie: reader.cookie })
  expect(again.status).toBe(201)
  await (await openReader({ url, cookie: again.cookie })).session('live')
})

test('a reader who ends the session ends the sandbox, on every page', async () => {
  const { url, sandbox, backend } = await openLiveRelay()
  const first = await openReader({ url })
  const second = await openReader({ url, cookie: first.cookie })
  await Promise.all([first.session('live'), second.session('live')])
  second.send({ type: 'end' })
  expect((await first.session('ended')).ending.reason).toBe('asked')
  await Promise.all([first.closed, second.closed, sandbox().ended])
  expect(backend.alive).toEqual([])
})

test('when the API server is killed, the debugger is told to have exited and the session offers a new sandbox', async () => {
  const { url, sandbox } = await openLiveRelay()
  const reader = await openReader({ url })
  await reader.session('live')
  sandbox().tell({ type: 'process-ended', name: 'kube-controller-manager', words: 'it was killed (signal 9)' })
  sandbox().tell({ type: 'process-ended', name: 'kube-apiserver', words: 'it was killed (signal 9)' })
  await reader.event((event) => event.type === 'target' && event.state.is === 'exited')
  const { ending } = await reader.session('ended')
  expect(ending.reason).toBe('server-killed')
  expect(ending.words).toContain('new sandbox')
  await sandbox().ended
})

test('when the sandbox dies, the page is told why, and no escape sequence of it reaches the log', async () => {
  const { url, sandbox, log } = await openLiveRelay()
  const reader = await openReader({ url })
  await reader.session('live')
  sandbox().tell({ type: 'process-ended', name: 'etcd', words: 'killed\n\u001b]0;owned\u0007\u202edet\u2066' })
  sandbox().die('The sandbox used more memory than it may.')
  const { ending } = await reader.session('ended')
  expect(ending).toMatchObject({ reason: 'sandbox-died', words: expect.stringContaining('more memory') })
  expect(log).toEqual(['etcd ended in sandbox stub-0: killed ]0;owned det '])
})

test('a page that comes back after the end is told how it ended', async () => {
  const { url, sandbox } = await openLiveRelay()
  const reader = await openReader({ url })
  await reader.session('live')
  sandbox().die('It died.')
  await reader.closed
  const state = await fetch(`${url}/api/session`, { headers: { cookie: reader.cookie } })
  expect(await state.json()).toMatchObject({ state: { is: 'ended', ending: { reason: 'sandbox-died' } } })
  const late = await openReader({ url, cookie: reader.cookie })
  expect((await late.session('ended')).ending.words).toContain('It died.')
  expect((await late.closed).code).toBe(4000)
})

test('a session that nobody looks at ends after its grace, and a page that returns in time keeps it', async () => {
  const { url, sandbox } = await openLiveRelay({ limits: { grace: 300 } })
  const first = await openReader({ url })
  await first.session('live')
  await first.close()
  const second = await openReader({ url, cookie: first.cookie })
  await second.session('live')
  await second.close()
  expect(await sandbox().ended).toEqual({ reason: 'closed' })
})

test('a session that no page ever joined ends soon', async () => {
  const { url, sandbox } = await openLiveRelay({ limits: { unseenGrace: 50 } })
  await postSession(url)
  expect(await sandbox().ended).toEqual({ reason: 'closed' })
})

test('a session has an end, even when it is used', async () => {
  const { url } = await openLiveRelay({ limits: { lifetime: 300 } })
  const reader = await openReader({ url })
  expect((await reader.session('ended')).ending.reason).toBe('expired')
})

test('a shell that ends at once comes back with the next key, and what it said stays in place', async () => {
  const { url, sandbox } = await openLiveRelay()
  const reader = await openReader({ url })
  await reader.session('live')
  sandbox().terminal('shell').say('one\r\ntwo\r\n$ exit 3')
  sandbox().terminal('shell').exit(3)
  await reader.says('shell', 'Press any key')
  expect(reader.text('shell')).toBe('one\ntwo\n$ exit 3\n[The shell ended (exit code 3). Press any key to start it again.]')
  expect(sandbox().terminals).toHaveLength(2)
  reader.send({ type: 'input', terminal: 'shell', text: 'x' })
  sandbox().terminal('debugger').say('(dlv) ')
  await reader.says('debugger', '(dlv)')
  expect(sandbox().terminals).toHaveLength(3)
  sandbox().terminal('shell').say('new $ ')
  await reader.says('shell', 'new $')
})

test('a shell that was used and left is followed by a new one, which gets the keys typed meanwhile', async () => {
  const clock = vi.spyOn(performance, 'now')
  onTestFinished(() => clock.mockRestore())
  const { url, sandbox } = await openLiveRelay()
  const reader = await openReader({ url })
  await reader.session('live')
  const first = sandbox().terminal('shell')
  const later = performance.now() + 3_000
  clock.mockImplementation(() => later)
  first.exit(0)
  await reader.says('shell', 'Here is a new one.')
  reader.type('shell', 'ls')
  const second = sandbox().terminal('shell')
  expect(second).not.toBe(first)
  await second.until(({ typed }) => typed === 'ls\r')
})

test('closing the relay tells every page, and leaves no sandbox', async () => {
  const { relay, url, backend } = await openLiveRelay({ ahead: 2 })
  const readers = await Promise.all([openReader({ url }), openReader({ url })])
  await Promise.all(readers.map((reader) => reader.session('live')))
  await relay.close()
  for (const reader of readers) {
    expect((await reader.session('ended')).ending.reason).toBe('relay-closing')
    await reader.closed
  }
  expect(backend.sandboxes.length).toBeGreaterThanOrEqual(2)
  expect(backend.alive).toEqual([])
})

test('closing the relay while a sandbox starts waits until that is gone, too', async () => {
  let gone = 0
  const backend = new StubBackend(async ({ signal }) => {
    await new Promise((resolve) => signal?.addEventListener('abort', resolve))
    await new Promise((resolve) => setImmediate(resolve))
    gone += 1
    throw new Error('not wanted')
  })
  const { relay, url } = await openLiveRelay({ backend, ahead: 1 })
  const reader = await openReader({ url })
  await reader.session('claiming')
  await relay.close()
  expect(gone).toBe(1)
  expect((await reader.session('ended')).ending.reason).toBe('relay-closing')
})
