/** What every backend promises: one suite, run over each of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { followDebugger } from '../../src/delve/follow.ts'
import { connectDelve } from '../../src/delve/rpc.ts'
import type { DebuggerEvent } from '../../src/delve/state.ts'
import { type Backend, type Sandbox, type SandboxEvent, TERMINAL_WINDOW } from '../../src/sandbox/sandbox.ts'
import { openTypist } from './typist.ts'

/** A line of the create handler, inside the part that runs for each request. */
export const CREATE = 'staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go:182'
const CREATE_FILE = 'k8s.io/apiserver@v0.36.3/pkg/endpoints/handlers/create.go'

export function sandboxContract(name: string, openBackend: () => Promise<Backend>): void {
  describe(`a sandbox of ${name}`, () => {
    let backend: Backend
    let sandbox: Sandbox
    const progress: string[] = []

    beforeAll(async () => {
      backend = await openBackend()
      sandbox = await backend.open({ onProgress: (words) => progress.push(words) })
    })
    afterAll(() => backend?.close())

    test('says what it is doing while it starts', () => {
      expect(progress).toContain('starting etcd')
      expect(progress).toContain('starting the API server')
    })

    test('has a shell that echoes keys, knows Unicode, and tells exit codes', async () => {
      const shell = await openTypist(sandbox, 'shell')
      expect(await shell.run('echo hello, 世界 ✓')).toEqual({ said: 'hello, 世界 ✓\n', code: 0 })
      expect((await shell.run('false')).code).toBe(1)
      shell.terminal.write('echo ty')
      await shell.until(/echo ty$/)
      shell.terminal.write('ped\r')
      await shell.until(/\ntyped\n/)
      shell.type('exit 3')
      expect(await shell.terminal.exited).toBe(3)
    })

    test('has terminals of the size they are given', async () => {
      const shell = await openTypist(sandbox, 'shell')
      expect((await shell.run('stty size')).said).toBe('40 120\n')
      shell.terminal.resize(91, 17)
      expect((await shell.run('stty size')).said).toBe('17 91\n')
      shell.terminal.close()
      expect(await shell.terminal.exited).not.toBe(0)
    })

    test('sends no more of a flood than the window while nobody acknowledges, and all of it then', async () => {
      const shell = await openTypist(sandbox, 'shell', { acknowledges: false })
      const other = await openTypist(sandbox, 'shell')
      const before = shell.received()
      shell.type('seq 1 200000; echo the end')
      await shell.untilReceived(TERMINAL_WINDOW)
      // Rounds through another terminal, not a pause: the flood stands still while others go on.
      for (let rounds = 0; rounds < 20; rounds++) await other.run('echo round')
      expect(shell.received()).toBe(TERMINAL_WINDOW)

      const ended = shell.until(/\n200000\nthe end\n/)
      shell.acknowledge()
      await ended
      expect(shell.received() - before).toBeGreaterThan(1_000_000)
      shell.terminal.close()
      other.terminal.close()
    })

    test('creates a Pod that kubectl then lists', async () => {
      const shell = await openTypist(sandbox, 'shell')
      expect(await shell.run('kubectl run first --image=nginx')).toEqual({ said: 'pod/first created\n', code: 0 })
      expect((await shell.run('kubectl get pod first')).said).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE\nfirst +0\/1 +Pending +0 +\S+\n$/)
      shell.terminal.close()
    })

    test("halts in the create handler through the reader's dlv, and the tap tells", async () => {
      await sandbox.attachDebugger()
      await sandbox.attachDebugger()
      const told: DebuggerEvent[] = []
      const client = connectDelve(await sandbox.dialDebugger())
      const halter = connectDelve(await sandbox.dialDebugger())
      expect((await client.state({ nonBlocking: true })).Running).toBe(true)
      const follower = followDebugger({ client, halter, onEvent: (event) => told.push(event) })
      const connections = new Set<number>()
      const closed: SandboxEvent[] = []
      const leave = sandbox.onEvent((event) => {
        if (event.type === 'tap') {
          connections.add(event.connection)
          follower.tap(event.connection, event.direction, event.bytes)
        } else closed.push(event)
      })

      const dlv = await openTypist(sandbox, 'debugger')
      const shell = await openTypist(sandbox, 'shell')
      expect(await dlv.ask(`break ${CREATE}`)).toMatch(
        /^Breakpoint 1 set at 0x[0-9a-f]+ for .*createHandler\.func1\(\) staging\/src\/.*create\.go:182\n$/,
      )
      expect(await dlv.ask('condition 1 scope.Resource.Resource == "pods"')).toBe('')
      dlv.type('continue')
      await dlv.until(/continue\n/)
      shell.type('kubectl run nginx --image=nginx')
      const stop = await dlv.until(/\(dlv\) $/)
      expect(stop).toMatch(
        /^> \[Breakpoint 1\] k8s\.io\/apiserver\/pkg\/endpoints\/handlers\.createHandler\.func1\(\) staging\/src\/\S+create\.go:182 /m,
      )
      expect(stop, 'a stop prints no source').not.toMatch(/=>/)

      const halted = told.filter((event) => event.type === 'target').at(-1)?.state
      expect(halted).toMatchObject({ is: 'halted', frame: 0, breakpoint: '1', at: { file: CREATE_FILE, line: 182 } })
      expect([...connections]).toEqual([1])
      expect(await dlv.ask('print obj.ObjectMeta.Name')).toBe('"nginx"\n')
      expect(await dlv.ask('stack 1')).toMatch(/^0 .*createHandler\.func1\n/)
      expect(await dlv.ask('frame 1')).toMatch(/^Frame 1: /m)
      expect(told.filter((event) => event.type === 'target').at(-1)?.state).toMatchObject({ is: 'halted', frame: 1 })
      expect(await dlv.ask('frame 0')).toMatch(/^Frame 0: /m)
      expect(await dlv.ask('next')).toMatch(/^> .*create\.go:\d+ /m)
      expect(await dlv.ask('clear 1')).toMatch(/^Breakpoint 1 cleared at /)

      dlv.type('continue')
      await shell.until(/pod\/nginx created\n/)
      leave()
      follower.close()
      client.close()
      halter.close()
      dlv.terminal.close()
      shell.terminal.close()
    })

    test("does not lose Delve to the reader's exit", async () => {
      await sandbox.attachDebugger()
      const dlv = await openTypist(sandbox, 'debugger')
      dlv.type('exit')
      await dlv.until(/kill the headless instance\? \[Y\/n\] $/)
      dlv.type('y')
      await dlv.until(/kill the process\? \[Y\/n\] $/)
      dlv.type('y')
      await dlv.until(/Press Enter to connect again\.\n$/)
      dlv.type('')
      await dlv.until(/\(dlv\) $/)
      dlv.type('continue')
      const delve = connectDelve(await sandbox.dialDebugger())
      const shell = await openTypist(sandbox, 'shell')
      expect((await shell.run('kubectl get pods')).code).toBe(0)
      expect((await delve.state({ nonBlocking: true })).Running).toBe(true)
      delve.close()
      for (const { terminal } of [dlv, shell]) terminal.close()
    })

    test('is a stranger to another sandbox, and its end is known to all who hold it', async () => {
      const other = await backend.open()
      expect(other.id).not.toBe(sandbox.id)
      const [mine, theirs] = await Promise.all([openTypist(sandbox, 'shell'), openTypist(other, 'shell')])
      await mine.run('kubectl run only-here --image=nginx')
      expect((await theirs.run('kubectl get pod only-here')).said).toMatch(/NotFound/)
      await other.close()
      expect(await other.ended).toEqual({ reason: 'closed' })
      expect(await theirs.terminal.exited).toBe(-1)
      await expect(other.openTerminal({ program: 'shell', columns: 80, rows: 24, onOutput: () => {} })).rejects.toThrow()
      await other.close()
      expect((await mine.run('kubectl get pod only-here')).code).toBe(0)
      mine.terminal.close()
    })

    test('can be given up while it starts', async () => {
      const given = new AbortController()
      const opening = backend.open({ signal: given.signal, onProgress: () => given.abort(new Error('the reader left')) })
      await expect(opening).rejects.toThrow('the reader left')
    })
  })
}
