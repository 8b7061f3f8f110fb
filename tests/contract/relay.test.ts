/** The relay over a real sandbox: what no fake can show. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startRelay } from '../../src/relay/relay.ts'
import { openReader } from '../support/reader.ts'
import { bubblewrapPossible, openReal } from './built.ts'

const possible = await bubblewrapPossible()
const why = possible.is === 'impossible' ? ` (cannot be had here: ${possible.why})` : ''

async function openLiveRelay() {
  const site = await mkdtemp(join(tmpdir(), 'relay-test-'))
  const backend = await openReal(possible)
  const relay = await startRelay({ site, host: '127.0.0.1', port: 0, log: () => {} })
  onTestFinished(async () => {
    await relay.close()
    await backend.close()
    await rm(site, { recursive: true })
  })
  relay.goLive({ backend, ahead: 0 })
  return relay
}

test.skipIf(possible.is === 'impossible')(
  `a reader halts a request, reloads, floods the shell, leaves it, and kills the API server${why}`,
  async () => {
    const { url } = await openLiveRelay()
    const reader = await openReader({ url })
    await reader.session('live')
    await Promise.all([reader.says('debugger', /\(dlv\)$/), reader.says('shell', /\$$/)])

    reader.type('debugger', 'break k8s.io/apiserver/pkg/endpoints/handlers.createHandler.func1')
    await reader.event((event) => event.type === 'breakpoints' && event.breakpoints.length === 1)
    reader.type('debugger', 'continue')
    await reader.event((event) => event.type === 'target' && event.state.is === 'running')
    reader.type('shell', 'kubectl run nginx --image=nginx')
    await reader.event((event) => event.type === 'stack' && event.frames.some((frame) => frame.function.endsWith('createHandler.func1')))
    await reader.says('debugger', /\(dlv\)$/)

    const reloaded = await openReader({ url, cookie: reader.cookie })
    await reloaded.event((event) => event.type === 'stack')
    await reloaded.says('debugger', /\(dlv\)$/)
    expect(reloaded.text('debugger')).toBe(reader.text('debugger'))
    await reader.close()

    reloaded.type('debugger', 'clearall')
    await reloaded.says('debugger', 'Breakpoint 1 cleared')
    reloaded.type('debugger', 'continue')
    await reloaded.says('shell', 'pod/nginx created')

    reloaded.type('shell', 'seq 1 400000; echo sum $((1 + 1))')
    await reloaded.says('shell', /400000\nsum 2\n\$$/)
    reloaded.type('shell', 'exit 3')
    await reloaded.says('shell', 'exit code 3')
    // A key, should it wait for one.
    reloaded.type('shell', '')
    await reloaded.says('shell', /exit code 3.*\n\$$/s)

    reloaded.type('shell', 'pkill -9 kube-apiserver')
    const { ending } = await reloaded.session('ended')
    expect(ending).toEqual({ reason: 'server-killed', words: 'The API server of this sandbox ended (signal: killed). Start a new sandbox to go on.' })
  },
)
