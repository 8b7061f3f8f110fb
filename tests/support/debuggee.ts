/** A small Go program under the pinned Delve, and a reader's real `dlv connect` whose traffic passes a tap: what the delve room is tested on. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { DEBUGGED_FLAGS } from '../../src/pins/built-already.ts'
import { findGo } from '../../src/pins/go.ts'
import { DELVE_MODULE } from '../../src/pins/versions.ts'

const run = promisify(execFile)
const FIXTURE = resolve('tests/fixtures/debuggee')

/** The two programs, in a temporary folder that `close` removes. */
export interface Tools {
  dlv: string
  debuggee: string
  folder: string
  close(): Promise<void>
}

/** Builds both with the project's Go; seconds with a warm cache. Rejects when there is no Go. */
export async function buildTools(): Promise<Tools> {
  const go = await findGo(process.env)
  const folder = await mkdtemp(join(tmpdir(), 'debuggee-'))
  const build = (program: string, directory: string, name: string) =>
    run(go.path, ['build', ...DEBUGGED_FLAGS, '-o', join(folder, name), program], { cwd: directory, env: go.environment })
  await build('github.com/go-delve/delve/cmd/dlv', DELVE_MODULE, 'dlv')
  await build('.', FIXTURE, 'debuggee')
  return { dlv: join(folder, 'dlv'), debuggee: join(folder, 'debuggee'), folder, close: () => rm(folder, { recursive: true, force: true }) }
}

/** The line of the fixture that contains `text`, as `main.go:LINE` and as a number. */
export async function lineOf(text: string): Promise<number> {
  const lines = (await readFile(join(FIXTURE, 'main.go'), 'utf8')).split('\n')
  const found = lines.flatMap((line, index) => (line.includes(text) ? [index + 1] : []))
  if (found.length !== 1) throw new Error(`${found.length} lines of the fixture contain ${text}.`)
  return Number(found[0])
}

export interface Debuggee {
  /** Gives the program a line of input; it reads one whenever it waits for work. */
  say(line: string): void
  /** A raw connection to Delve. */
  dial(): Promise<Socket>
  /** Starts the reader's `dlv connect`; each one is a new connection of the tap. */
  attachReader(): Promise<Reader>
  close(): Promise<void>
}

export interface Reader {
  /** Types a line. dlv reads it when it is back at its prompt. */
  type(line: string): void
  /** Ctrl-C. */
  interrupt(): void
  /** Kills it, as a closed terminal would. */
  kill(): Promise<void>
  said(): string
  /** Resolves with what it said that matches, once it has. */
  heard(pattern: RegExp): Promise<RegExpMatchArray>
}

/** What passes between a reader's dlv and Delve. */
export interface Taps {
  tap(connection: number, direction: 'request' | 'reply', bytes: Uint8Array): void
  tapClosed(connection: number): void
}

/** Starts the program, running, under a headless Delve. `taps()` is asked at each event, so that it may be made later. */
export async function startDebuggee(tools: Tools, taps: () => Taps | undefined, ...programArguments: string[]): Promise<Debuggee> {
  const environment = { ...process.env, HOME: tools.folder, XDG_CONFIG_HOME: join(tools.folder, 'config'), TERM: 'dumb' }
  const flags = ['--headless', '--accept-multiclient', '--api-version=2', '--listen=127.0.0.1:0', '--continue']
  const server = spawn(tools.dlv, ['exec', ...flags, tools.debuggee, '--', ...programArguments], {
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  server.stdin.on('error', () => {})
  server.stderr.resume()
  const port = await running(server.stdout)
  const sockets = new Set<Socket>()
  const readers = new Set<Reader>()

  async function dial() {
    const socket = connect(port, '127.0.0.1')
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    await once(socket, 'connect')
    return socket
  }

  let connections = 0
  const proxy = createServer(async (reader) => {
    const number = connections++
    reader.on('error', () => {})
    reader.pause()
    const delve = await dial()
    delve.on('error', () => {})
    reader.on('data', (bytes: Buffer) => {
      taps()?.tap(number, 'request', bytes)
      delve.write(bytes)
    })
    delve.on('data', (bytes: Buffer) => {
      taps()?.tap(number, 'reply', bytes)
      reader.write(bytes)
    })
    reader.on('close', () => {
      taps()?.tapClosed(number)
      delve.destroy()
    })
    delve.on('close', () => reader.destroy())
    reader.resume()
  })
  await once(proxy.listen(0, '127.0.0.1'), 'listening')

  async function attachReader(): Promise<Reader> {
    const { port: tapped } = proxy.address() as AddressInfo
    const child = spawn(tools.dlv, ['connect', `127.0.0.1:${tapped}`], { env: environment, stdio: ['pipe', 'pipe', 'pipe'] })
    const exited = once(child, 'exit')
    let said = ''
    const listeners = new Set<() => void>()
    child.stdin.on('error', () => {})
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes: Buffer) => {
        said += bytes
        for (const listener of listeners) listener()
      })
    }
    const reader: Reader = {
      type: (line) => child.stdin.write(`${line}\n`),
      interrupt: () => child.kill('SIGINT'),
      kill: async () => {
        child.kill('SIGKILL')
        await exited
        readers.delete(reader)
      },
      said: () => said,
      heard: (pattern) =>
        new Promise((resolve) => {
          const look = () => {
            const match = said.match(pattern)
            if (!match) return
            listeners.delete(look)
            resolve(match)
          }
          listeners.add(look)
          look()
        }),
    }
    readers.add(reader)
    return reader
  }

  return {
    say: (line) => server.stdin.write(`${line}\n`),
    dial,
    attachReader,
    close: async () => {
      for (const reader of readers) await reader.kill()
      const exited = once(server, 'exit')
      server.kill('SIGTERM')
      if (server.exitCode === null && server.signalCode === null) await exited
      for (const socket of sockets) socket.destroy()
      proxy.close()
    },
  }
}

/** Delve's port, when the program too says that it is ready: before, the target is halted at its entry for a moment. */
async function running(stdout: NodeJS.ReadableStream): Promise<number> {
  const lines = createInterface({ input: stdout })
  const said: string[] = []
  return new Promise<number>((found, failed) => {
    lines.on('line', (line) => {
      said.push(line)
      const port = /listening at: .*:(\d+)/.exec(said.join('\n'))?.[1]
      if (port && line === 'ready') found(Number(port))
    })
    lines.on('close', () => failed(new Error(`dlv ended before the program was ready: ${said.join('\n')}`)))
  })
}
