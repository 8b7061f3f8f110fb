/** `npm start` as a reader has it: live in seconds when all is built, and gone without a trace when it is told to end. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { describe, expect, onTestFinished, test } from 'vitest'
import { keyOf } from '../../src/site-folder.ts'
import { siteKey } from '../../src/site-key.ts'
import { openReader } from '../support/reader.ts'
import { bubblewrapPossible } from './built.ts'
import { descendants, running } from './processes.ts'
import { emptyGroups, traces } from './traces.ts'

/** Milliseconds from the command to `Live:` when all is built: some three on two cores. */
const LIVE_WITHIN = 10_000

const possible = await bubblewrapPossible()
const siteIsBuilt = (await keyOf(resolve('dist'))) === (await siteKey('/'))
const obstacle =
  possible.is === 'impossible' ? possible.why : siteIsBuilt ? null : 'the site is not built, or not anew since it was changed (npm run build)'

/** Root of the host itself would not be held by a limit that it set. */
const UNABLE = 'setpriv --ambient-caps=-all --inh-caps=-all'

interface Start {
  program: ChildProcessByStdio<null, Readable, Readable>
  /** Resolves with all that was said when it holds `words`; rejects when the program ends before. */
  says(words: string): Promise<string>
}

/** Starts it as `npm start` does; `within` is a command that runs it. It is killed if the test is over before it ended. */
function start(environment: NodeJS.ProcessEnv = {}, within: readonly string[] = []): Start {
  const [command = '', ...parameters] = [...within, process.execPath, 'src/main.ts', 'start', '--port', '0']
  const program = spawn(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...environment } })
  onTestFinished(() => void program.kill('SIGKILL'))
  let said = ''
  const checks = new Set<() => void>()
  for (const stream of [program.stdout, program.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk
      for (const check of checks) check()
    })
  }
  const says = (words: string) =>
    new Promise<string>((resolve, reject) => {
      const check = () => said.includes(words) && resolve(said)
      checks.add(check)
      program.once('close', () => reject(new Error(`It ended before it said "${words}". It said:\n${said}`)))
      check()
    })
  return { program, says }
}

/** Tells it to end, and resolves with its exit code. */
async function end({ program }: Start): Promise<number | null> {
  program.kill('SIGTERM')
  const [code] = (await once(program, 'exit')) as [number | null]
  return code
}

const addressIn = (said: string) => String(/Follow the Request is at (\S+)/.exec(said)?.[1])

describe.skipIf(obstacle !== null)(`npm start${obstacle === null ? '' : ` (cannot be had here: ${obstacle})`}`, () => {
  test('with all built it is live within ten seconds, gives a reader a session, and leaves nothing when it is told to end', async () => {
    const began = performance.now()
    const started = start()
    const said = await started.says('Live:')
    expect(performance.now() - began).toBeLessThan(LIVE_WITHIN)
    expect(said).not.toContain('Building the site')
    const relay = started.program.pid as number
    const reader = await openReader({ url: addressIn(said) })
    await reader.session('live')
    await Promise.all([reader.says('debugger', /\(dlv\)$/), reader.says('shell', /\$$/)])
    reader.type('debugger', 'continue')
    await reader.event((event) => event.type === 'target' && event.state.is === 'running')
    reader.type('shell', 'kubectl run nginx --image=nginx')
    await reader.says('shell', 'pod/nginx created')
    const processes = await descendants(relay)
    expect(processes.length).toBeGreaterThan(5)
    expect(await traces(relay)).not.toEqual([])

    expect(await end(started)).toBe(0)
    await reader.closed
    expect(await running([relay, ...processes])).toEqual([])
    expect(await traces(relay)).toEqual([])
    expect(await emptyGroups()).toEqual([])
  })

  test('a folder for temporary files that is not there leaves the recordings playing, and says what is wrong', async () => {
    const started = start({ TMPDIR: '/nowhere/at/all' })
    const said = await started.says('The recordings go on playing')
    expect(said).toContain('/nowhere/at/all')
    expect((await fetch(addressIn(said))).status).toBe(200)
    expect(await end(started)).toBe(0)
  })

  test.skipIf(process.getuid?.() !== 0).each([
    [
      'with an old bubblewrap',
      // In a mount namespace of its own, for this process alone.
      ['unshare', '--mount', 'sh', '-c', 'mount --bind "$0" "$(command -v bwrap)" && exec "$@"'],
      'bubblewrap is 0.4.1; 0.8.0 or newer is needed.',
    ],
    [
      'that forbids namespaces',
      ['unshare', '--user', '--map-user=1000', '--keep-caps', 'sh', '-c', `echo 0 > /proc/sys/user/max_user_namespaces && exec ${UNABLE} "$@"`],
      'This host allows 0 user namespaces (user.max_user_namespaces).',
    ],
  ])('a host %s is told so before anything is built (where root runs the tests)', async (_, within, words) => {
    const folder = await mkdtemp(join(tmpdir(), 'poor-host-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const bwrap = join(folder, 'bwrap')
    await writeFile(bwrap, '#!/bin/sh\necho bubblewrap 0.4.1\n')
    await chmod(bwrap, 0o755)
    const started = start({ XDG_CACHE_HOME: join(folder, 'cache') }, [...within, bwrap])
    expect(await started.says('The recordings go on playing')).toContain(words)
    expect(await end(started)).toBe(0)
    expect(await readdir(join(folder, 'cache/programs')).catch(() => [])).toEqual([])
  })
})
