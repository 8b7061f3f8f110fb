/** A long pause in the middle of a request harms nothing. In a file of its own, since it takes more than a minute by nature. */
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Backend, Sandbox, SandboxEvent } from '../../src/sandbox/sandbox.ts'
import { bubblewrapPossible, openReal } from './built.ts'
import { CREATE } from './sandbox-contract.ts'
import { openTypist } from './typist.ts'

const possible = await bubblewrapPossible()
const cannot = possible.is === 'impossible' ? ` (cannot be had here: ${possible.why})` : ''

/** Longer than every deadline of an unchanged release: 34 s for a request, 45 s for a silent connection. The pause itself is what is tested. */
const PAUSE_MS = 70_000

describe.skipIf(possible.is === 'impossible')(`a pause of ${PAUSE_MS / 1000} s in the create handler${cannot}`, () => {
  let backend: Backend
  let sandbox: Sandbox
  const ended: SandboxEvent[] = []

  beforeAll(async () => {
    backend = await openReal(possible)
    sandbox = await backend.open()
    sandbox.onEvent((event) => event.type === 'process-ended' && ended.push(event))
    await sandbox.attachDebugger()
  })
  afterAll(() => backend?.close())

  test('ends with the Pod created, and etcd, controllers and an open watch going on', { timeout: 300_000 }, async () => {
    const [dlv, shell, watcher] = [await openTypist(sandbox, 'debugger'), await openTypist(sandbox, 'shell'), await openTypist(sandbox, 'shell')]
    await dlv.ask(`break ${CREATE}`)
    await dlv.ask('condition 1 scope.Resource.Resource == "pods"')
    dlv.type('continue')
    await dlv.until(/continue\n/)
    watcher.type('kubectl get configmaps --watch --output=name')
    await watcher.until(/configmap\/kube-root-ca\.crt\n/)
    shell.type('kubectl run nginx --image=nginx')
    await dlv.until(/> \[Breakpoint 1\][\s\S]*\(dlv\) $/)
    await delay(PAUSE_MS)
    await dlv.ask('clear 1')
    dlv.type('continue')
    expect(await shell.until(/\$ $/)).toContain('pod/nginx created\n')
    expect((await shell.run('kubectl get pod nginx --output=name')).said).toBe('pod/nginx\n')
    expect((await shell.run('kubectl create configmap later')).code).toBe(0)
    await watcher.until(/configmap\/later\n/)
    // The controllers put this ConfigMap into every new namespace.
    expect((await shell.run('kubectl create namespace later')).code).toBe(0)
    expect((await shell.run('kubectl wait --for=create configmap/kube-root-ca.crt --namespace=later --timeout=30s')).code).toBe(0)
    expect((await shell.run('etcdctl endpoint health 2>&1')).said).toMatch(/is healthy/)
    expect(ended).toEqual([])
  })
})
