/** Sandboxes made of bubblewrap and the supervisor, on this machine. */
import { availableParallelism } from 'node:os'
import type { Built, Unchanged } from '../../pins/built.ts'
import { SupervisedSandbox } from '../link/supervised-sandbox.ts'
import { type Backend, type OpenOptions, PLAIN, type Sandbox, SandboxError, type Setup } from '../sandbox.ts'
import { checkHost, checkTrial } from './check-host.ts'
import { chooseControlGroups, leaveControlGroups, makeControlGroup } from './control-groups.ts'
import { makeFolder } from './folder.ts'
import { hierarchies, systemd } from './host.ts'
import { makeLauncher } from './launcher.ts'
import { startProcess } from './process.ts'
import { SharedWork, type Work } from './shared-work.ts'
import { sweep } from './sweep.ts'
import { Turns } from './turns.ts'

export interface BubblewrapOptions {
  built: Built
  /** Builds the unchanged API server, when a sandbox is first to have it; without it none can. */
  buildUnchanged?: Work<Unchanged>
  /** One line for the relay's log. */
  log: (line: string) => void
}

/** Sweeps what dead relays left, checks this host by starting a trial sandbox, and opens the backend. Throws SandboxError with the remedy. */
export async function openBubblewrap({ built, buildUnchanged = cannotBuild, log }: BubblewrapOptions): Promise<Backend> {
  await checkHost()
  const groups = await chooseControlGroups(await hierarchies(), await systemd())
  if (groups.is === 'none') log(`Sandboxes run without limits on memory, processes and CPU (${groups.why}). Do not offer them to strangers.`)
  else log(`Sandboxes are limited by ${groups.is === 'systemd' ? 'systemd' : `control groups ${groups.is}`}.`)
  for (const what of await sweep(groups)) log(`Removed what an earlier relay left: ${what}`)

  const folder = await makeFolder(built.programs.supervisor as string, groups)
  const launcher = await makeLauncher({ built, folder, groups })
    .then(async (made) => {
      const group = await makeControlGroup(groups, 'check')
      const trial = startProcess(await made.command('check', group, ['/opt/k8s/bin/supervisor', 'exec-traceable', 'true']), folder.filter)
      await checkTrial(trial).finally(async () => {
        await trial.end()
        await group?.remove()
        made.release('check')
      })
      return made
    })
    .catch(async (error) => {
      await folder.remove()
      await leaveControlGroups(groups)
      throw error
    })
  const sandboxes = new Set<SupervisedSandbox>()
  const turns = new Turns(availableParallelism())
  const unchanged = new SharedWork(buildUnchanged)
  let count = 0
  let closed = false

  async function prepare(build: Setup['build'], { signal, onProgress = () => {} }: Parameters<Backend['prepare']>[1] = {}): Promise<void> {
    if (build === 'unchanged') await unchanged.result({ signal, onProgress })
  }

  async function open({ signal, onProgress = () => {}, setup = PLAIN }: OpenOptions = {}): Promise<Sandbox> {
    // Before its turn: others need not wait for a build.
    const server = setup.build === 'unchanged' ? await unchanged.result({ signal, onProgress }) : null
    const onWait = (before: number) => onProgress(`Waiting for ${before} other ${before === 1 ? 'sandbox' : 'sandboxes'} to start`)
    return turns.take(signal, onWait, async () => {
      if (closed) throw new SandboxError('The backend is closed.', 'open another')
      count += 1
      const id = String(count)
      const group = await makeControlGroup(groups, id)
      if (closed) {
        await group?.remove()
        throw new SandboxError('The backend was closed.', 'open another')
      }
      const running = startProcess(await launcher.command(id, group, ['/opt/k8s/bin/supervisor'], server), folder.filter, folder.remember)
      const sandbox = new SupervisedSandbox({
        id,
        substitute: built.substitute,
        setup,
        toSupervisor: running.stdin,
        fromSupervisor: running.stdout,
        onProgress,
        remove: async () => {
          await running.end().catch((error: Error) => log(error.message))
          await group?.remove().catch((error: Error) => log(error.message))
          launcher.release(id)
          sandboxes.delete(sandbox)
        },
      })
      sandboxes.add(sandbox)
      running.ended.then(({ code, signal: killer, said }) => {
        const how = killer ? `was killed by ${killer}` : `ended with code ${code}`
        sandbox.over({ reason: 'died', words: `The sandbox ${how}.${said ? ` It said: ${said}` : ''}` })
      })
      const stop = () => void sandbox.close()
      signal?.addEventListener('abort', stop)
      try {
        await sandbox.ready
        return sandbox
      } catch (error) {
        await sandbox.close()
        signal?.throwIfAborted()
        throw new SandboxError(
          `The sandbox did not start: ${(error as Error).message}`,
          'try again; if it stays so, start again with an empty cache',
          { cause: error },
        )
      } finally {
        signal?.removeEventListener('abort', stop)
      }
    })
  }

  async function close(): Promise<void> {
    closed = true
    await Promise.all([unchanged.close(), ...[...sandboxes].map((sandbox) => sandbox.close())])
    await folder.remove()
    await leaveControlGroups(groups)
  }

  return { name: 'bubblewrap', limits: groups.is, open, prepare, close }
}

async function cannotBuild(): Promise<never> {
  throw new SandboxError('The unchanged API server was not built.', 'Start with npm start, which builds it when it is needed.')
}
