/** Sandboxes that differ from the plain one, as walks ask for: flags, files, prepared objects, a server held before its first instruction. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectDelve } from '../../src/delve/rpc.ts'
import { type Backend, PLAIN, SandboxError } from '../../src/sandbox/sandbox.ts'
import { bubblewrapPossible, openReal } from './built.ts'
import { openTypist } from './typist.ts'

const possible = await bubblewrapPossible()
if (possible.is === 'impossible') console.warn(`Sandboxes with a set-up are not tested: ${possible.why}`)

describe.skipIf(possible.is === 'impossible')('a sandbox with a set-up', () => {
  let backend: Backend

  beforeAll(async () => {
    backend = await openReal(possible)
  })
  afterAll(() => backend?.close())

  test('has the flags, the files and the objects that were asked for', async () => {
    const sandbox = await backend.open({
      setup: {
        ...PLAIN,
        server: ['--v=3', '--request-timeout=2h'],
        files: { 'manifests/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: prepared}\n' },
        commands: ['kubectl apply -f manifests/namespace.yaml'],
      },
    })
    const shell = await openTypist(sandbox, 'shell')
    const { said } = await shell.run("tr '\\0' '\\n' < /proc/$(pgrep -x kube-apiserver)/cmdline | grep -E -e '--v=|--request-timeout|--secure-port'")
    expect(said.split('\n').sort()).toEqual(['', '--request-timeout=2h', '--secure-port=6443', '--v=3'])
    expect((await shell.run('kubectl get namespace prepared -o name')).said).toBe('namespace/prepared\n')
    await sandbox.close()
  })

  test('says which of its commands failed, and with which words', async () => {
    const opening = backend.open({ setup: { ...PLAIN, commands: ['kubectl get pod nobody'] } })
    await expect(opening).rejects.toThrow(/kubectl get pod nobody.*NotFound/)
    await expect(opening).rejects.toBeInstanceOf(SandboxError)
  })

  test(
    'may have the API server as it was released, with the text that it was built from',
    async () => {
      const limits = 'grep -ho "requestTimeoutUpperBound = .*" /src/staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go'
      const program = 'sha256sum < /proc/$(pgrep -x kube-apiserver)/exe'
      const said: string[][] = []
      for (const build of ['changed', 'unchanged'] as const) {
        const sandbox = await backend.open({ setup: { ...PLAIN, build } })
        const shell = await openTypist(sandbox, 'shell')
        said.push([(await shell.run(limits)).said, (await shell.run(program)).said])
        await sandbox.close()
      }
      expect(said.map(([text]) => text)).toEqual(['requestTimeoutUpperBound = 24 * time.Hour\n', 'requestTimeoutUpperBound = 34 * time.Second\n'])
      expect(said[0]?.[1]).not.toBe(said[1]?.[1])
    },
    // It is built here, if it was not before.
    10 * 60_000,
  )

  test('may hold the API server before its first instruction; the rest of the control plane comes when it serves', async () => {
    const sandbox = await backend.open({ setup: { ...PLAIN, start: 'halted', server: ['--v=2'] } })
    await sandbox.attachDebugger()
    const client = connectDelve(await sandbox.dialDebugger())
    expect((await client.state({ nonBlocking: true })).Running).toBe(false)
    const dlv = await openTypist(sandbox, 'debugger')
    await dlv.ask('break (*APIInstaller).Install')
    dlv.type('continue')
    expect(await dlv.until(/\(dlv\) $/)).toContain('endpoints.(*APIInstaller).Install()')
    expect(await dlv.ask('print a.group.GroupVersion.Version')).toBe('"v1"\n')
    await dlv.ask('clearall')
    dlv.type('continue')
    const shell = await openTypist(sandbox, 'shell')
    await shell.run('until kubectl get serviceaccount default; do sleep 0.2; done')
    expect((await shell.run('kubectl run late --image=nginx')).said).toBe('pod/late created\n')
    client.close()
    await sandbox.close()
  })
})
