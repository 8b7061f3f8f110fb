/** How real sandboxes end, and that nothing is left of them. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { type Backend, PLAIN, type Sandbox, type SandboxEvent } from '../../src/sandbox/sandbox.ts'
import { bubblewrapPossible, cacheFolder, openReal } from './built.ts'
import { descendants, running } from './processes.ts'
import { emptyGroups, traces } from './traces.ts'
import { openTypist } from './typist.ts'

const possible = await bubblewrapPossible()
const cannot = possible.is === 'impossible' ? ` (cannot be had here: ${possible.why})` : ''

describe.skipIf(possible.is === 'impossible')(`the end of a bubblewrap sandbox${cannot}`, () => {
  let backend: Backend | undefined
  afterEach(() => backend?.close())

  test('a killed API server is told, and the sandbox goes on', async () => {
    backend = await openReal(possible)
    const sandbox = await backend.open()
    const ended = new Promise<SandboxEvent>((resolve) => sandbox.onEvent((event) => event.type === 'process-ended' && resolve(event)))
    const shell = await openTypist(sandbox, 'shell')
    await shell.run('pkill -9 -x kube-apiserver')
    expect(await ended).toMatchObject({ type: 'process-ended', name: 'kube-apiserver', words: expect.stringMatching(/killed/) })
    expect((await shell.run('echo still here')).said).toBe('still here\n')
  })

  test('killing everything inside ends the sandbox, with the reason', async () => {
    backend = await openReal(possible)
    const [sandbox, other] = await Promise.all([backend.open(), backend.open()])
    const shell = await openTypist(sandbox, 'shell')
    shell.type('kill -9 -1')
    const ending = await sandbox.ended
    expect(ending).toMatchObject({ reason: 'died', words: expect.stringMatching(/137|SIGKILL/) })
    expect(await shell.terminal.exited).toBe(-1)
    const stranger = await openTypist(other, 'shell')
    expect((await stranger.run('kubectl get namespaces')).code).toBe(0)
  })

  test('closing leaves no process, control group, mount or folder', async () => {
    const before = new Set(await descendants(process.pid))
    backend = await openReal(possible)
    const sandbox = await backend.open()
    await sandbox.attachDebugger()
    const shell = await openTypist(sandbox, 'shell')
    await shell.run('sleep 1000 & setsid sleep 1000 & true')
    const processes = (await descendants(process.pid)).filter((pid) => !before.has(pid))
    expect(processes.length).toBeGreaterThan(6)
    expect(await traces(process.pid)).not.toEqual([])
    await sandbox.close()
    expect(await running(processes)).toEqual([])
    await backend.close()
    expect(await traces(process.pid)).toEqual([])
    expect(await emptyGroups()).toEqual([])
  })

  test('a first process that was taken over by ptrace, to outlive the sandbox, dies with it', async ({ skip }) => {
    skip(process.arch !== 'x64', 'the program that does it is written for x86-64')
    const before = new Set(await descendants(process.pid))
    backend = await openReal(possible)
    const sandbox = await openHeld(backend, skip)
    const processes = (await descendants(process.pid)).filter((pid) => !before.has(pid))
    await sandbox.close()
    expect(await running(processes)).toEqual([])
    expect((await traces(process.pid)).filter((name) => name.endsWith(`-${sandbox.id}`))).toEqual([])
  })

  test('one that was so taken over and whose bwrap is killed dies too, and the session is told', async ({ skip }) => {
    skip(process.arch !== 'x64', 'the program that does it is written for x86-64')
    const before = new Set(await descendants(process.pid))
    backend = await openReal(possible)
    const sandbox = await openHeld(backend, skip)
    const processes = (await descendants(process.pid)).filter((pid) => !before.has(pid))
    process.kill(processes[0] as number, 'SIGKILL')
    expect(await sandbox.ended).toMatchObject({ reason: 'died' })
    expect(await running(processes)).toEqual([])
  })

  test('when the relay is killed with SIGKILL its sandbox ends by itself, and the next start sweeps the rest', async () => {
    const relay = spawn(process.execPath, ['tests/contract/lonely-relay.ts', built()], { stdio: ['ignore', 'pipe', 'inherit'] })
    const { processes } = await report(relay)
    expect(processes.length).toBeGreaterThan(5)
    relay.kill('SIGKILL')
    await once(relay, 'exit')
    // Nothing tells of the end of a process that is nobody's child here, so it is looked for.
    for (let tries = 0; tries < 1000 && (await running(processes)).length > 0; tries++) await delay(10)
    expect(await running(processes)).toEqual([])
    backend = await openReal(possible)
    expect(await traces(relay.pid as number)).toEqual([])
  })

  test.skipIf(process.getuid?.() !== 0)(
    'a relay that is not root has sandboxes too (where root runs the tests; elsewhere every test shows it)',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'another-user-'))
      const [cache, checkout] = [join(folder, 'follow-the-request'), join(folder, 'checkout')]
      try {
        for (const path of [cache, checkout]) await mkdir(path)
        await chmod(folder, 0o755)
        const node = process.execPath.replace(process.cwd(), checkout)
        const command = [node, 'tests/contract/lonely-relay.ts', built().replaceAll(cacheFolder(), cache)]
        const relay = spawn('unshare', ['--mount', 'sh', '-c', AS_ANOTHER, 'sh', cacheFolder(), cache, process.cwd(), checkout, ...command], {
          stdio: ['ignore', 'pipe', 'inherit'],
          env: { ...process.env, HOME: folder },
        })
        const { processes, said } = await report(relay)
        expect(said).toBe('pod/nginx created\n')
        relay.kill('SIGTERM')
        expect(await once(relay, 'exit')).toEqual([0, null])
        expect(await running(processes)).toEqual([])
        expect(await traces(relay.pid as number)).toEqual([])
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  )
})

/** A sandbox whose first process a learner holds, stopped and deaf to its parent's end. */
async function openHeld(backend: Backend, skip: (condition: boolean, why: string) => void): Promise<Sandbox> {
  const program = await readFile('tests/fixtures/hold-first-process.py', 'utf8')
  const sandbox = await backend.open({ setup: { ...PLAIN, files: { 'hold.py': program } } })
  const shell = await openTypist(sandbox, 'shell')
  skip((await shell.run('command -v python3')).code !== 0, 'the system has no python3 in /usr to do it with')
  shell.type('setsid python3 hold.py &')
  await shell.until(/held 0 \d+ \d+ \d+\n/)
  return sandbox
}

/** Shows cache and checkout at places that everyone reaches, for this process alone, and becomes another user. */
const AS_ANOTHER = `set -e
mount --bind "$1" "$2"
mount --bind "$3" "$4"
cd "$4"
shift 4
exec setpriv --reuid=30999 --regid=30999 --clear-groups "$@"`

/** The programs, as a lonely relay is given them. */
function built(): string {
  return JSON.stringify(possible.is === 'possible' ? possible.built : null)
}

/** What a lonely relay prints when its sandbox is there. Rejects when it ends before. */
async function report(relay: ChildProcessByStdio<null, Readable, null>): Promise<{ processes: number[]; said: string }> {
  const ended = once(relay, 'exit').then(([code]) => Promise.reject(new Error(`the relay ended with ${code} before its sandbox was there`)))
  const [line] = (await Promise.race([once(createInterface({ input: relay.stdout }), 'line'), ended])) as [string]
  ended.catch(() => {})
  return JSON.parse(line)
}
