/** `npm start`: serves the site at once, builds what sandboxes need behind it, and turns live when that is there. */

import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { resolve } from 'node:path'
import { loadBook } from './book/load.ts'
import { setupsOf } from './book/setups.ts'
import { build } from './pins/build.ts'
import { buildUnchanged } from './pins/build-unchanged.ts'
import type { Go } from './pins/go.ts'
import { PinsError } from './pins/pins-error.ts'
import { type Output, type ProgressLine, progressLine, progressWords } from './pins/progress-line.ts'
import type { Status } from './protocol/messages.ts'
import { type Relay, startRelay } from './relay/relay.ts'
import { RelayError, whyNotListening } from './relay/relay-error.ts'
import { type BubblewrapOptions, openBubblewrap } from './sandbox/bubblewrap/bubblewrap.ts'
import { tryHost } from './sandbox/bubblewrap/plain-trial.ts'
import { installPackages } from './sandbox/bubblewrap/system-packages.ts'
import { sandboxPrograms } from './sandbox/programs.ts'
import type { Backend } from './sandbox/sandbox.ts'
import { buildSite, siteIsThere } from './site-build.ts'
import { addCodeIndex } from './site-code.ts'
import { becomeLive } from './start-live.ts'

export interface StartOptions {
  host: string
  port: number
  /** Serve recordings only. */
  recorded: boolean
  /** The system it runs on. */
  platform: NodeJS.Platform
  /** Folder of everything built. */
  cache: string
  /** Folder of the site. */
  site: string
  /** Go, or why there is none. */
  go: Go | PinsError
  output: Output
  /** Ends it. */
  signal: AbortSignal
}

type Recorded = Extract<Status, { is: 'recorded' }>

/** Serves until the signal, and resolves when everything it opened is closed. Rejects with an error that has a `fix` when it cannot serve at all. */
export async function start(options: StartOptions): Promise<void> {
  const { host, port, site, go, output, signal } = options
  const bar = progressLine(output)
  const log = (line: string) => {
    bar.clear()
    output.write(`${line}\n`)
  }
  await checkPort(host, port)
  if (!(go instanceof PinsError)) await buildSite({ site, go, base: '/', log, signal, onProgress: bar.stage })
  // Nothing can be built without Go, but what was built before can be served.
  else if (!(await siteIsThere(site))) throw go
  const recorded = whyRecorded(options)
  const building: Status = { is: 'building', what: 'looking at what is there', done: 0, all: 0, secondsLeft: null }
  const setups = setupsOf(await loadBook(resolve('content')))
  const relay = await startRelay({ site, host, port, log, setups, status: recorded ?? building })
  log(`\n  Follow the Request is at ${relay.url}\n`)
  let backend: Backend | null = null
  try {
    const open = () => openSandboxes({ ...options, go: go as Go, relay, bar, log })
    if (recorded === null) backend = await becomeLive({ relay, open, log, signal })
    else log(`Recorded only: ${recorded.why}\n${recorded.fix}`)
    // Last, since it takes the machine for half a minute, and pages are readable without it.
    if (!(go instanceof PinsError)) await addCodeIndex({ site, cache: options.cache, go, log, onProgress: bar.stage, signal }).finally(bar.clear)
    if (!signal.aborted) await once(signal, 'abort')
  } finally {
    bar.clear()
    await relay.close()
    await backend?.close()
  }
}

interface SandboxOptions extends StartOptions {
  go: Go
  relay: Relay
  bar: ProgressLine
  log: (line: string) => void
}

/** Installs and builds what is missing, and opens what makes sandboxes. What this host cannot do is found before the build, which takes minutes. */
async function openSandboxes({ cache, go, relay, bar, log, signal }: SandboxOptions): Promise<Backend> {
  await installPackages({ log, signal })
  await tryHost()
  const built = await build({
    groups: sandboxPrograms,
    cache,
    go,
    signal,
    onProgress: (progress) => {
      bar.show(progress)
      relay.setStatus({ is: 'building', ...progress })
    },
  })
  return await openBubblewrap({ built, buildUnchanged: unchangedFrom({ cache, go }), log })
}

/** Builds the unchanged API server, in words for whoever waits for it. */
export function unchangedFrom({ cache, go }: { cache: string; go: Go }): NonNullable<BubblewrapOptions['buildUnchanged']> {
  return ({ signal, onProgress }) =>
    buildUnchanged({
      cache,
      go,
      signal,
      onProgress: (progress) => onProgress(`${progressWords(progress, false)} (the unchanged API server, this once)`),
    })
}

function whyRecorded({ recorded, platform, go }: StartOptions): Recorded | null {
  if (recorded) return { is: 'recorded', why: 'It was started with --recorded.', fix: 'Start it without, to run the walks live.' }
  if (platform !== 'linux') {
    return {
      is: 'recorded',
      why: 'Sandboxes need the Linux kernel, and this is another system.',
      fix: 'Run it on Linux, or in a Linux virtual machine, to go live.',
    }
  }
  return go instanceof PinsError ? { is: 'recorded', why: go.message, fix: go.fix } : null
}

/** Finds a port that is taken before anything else is done. */
async function checkPort(host: string, port: number): Promise<void> {
  const server: Server = createServer().listen({ host, port })
  try {
    await once(server, 'listening')
  } catch (error) {
    const taken = whyNotListening(error, { host, port })
    const url = `http://${host}:${port}/`
    if (!(await isOurs(url))) throw taken
    throw new RelayError(`${taken.message} It is Follow the Request itself, started before.`, `Open ${url}, or: ${taken.fix}`, { cause: error })
  }
  server.close()
  await once(server, 'close')
}

/** Whether a relay like this one answers there. */
async function isOurs(url: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL('/healthz', url), { signal: AbortSignal.timeout(1_000) })
    return 'sandboxes' in ((await answer.json()) as object)
  } catch {
    return false
  }
}
