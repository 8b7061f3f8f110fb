/** A backend that passes everything through, and notes in this process's clock what happens in its sandboxes. */
import headless from '@xterm/headless'
import { atPrompt } from '../../src/book/check/prompt.ts'
import { cursorLine } from '../../src/book/check/screen.ts'
import { openTap, type TapNews } from '../../src/delve/tap.ts'
import type { Backend, Program, Sandbox, Terminal } from '../../src/sandbox/sandbox.ts'

/** Something that was done to the target; `at` is milliseconds since the epoch. */
export interface Noted {
  news: TapNews
  at: number
}

export interface WatchedBackend extends Backend {
  /** Resolves with the next news of this kind, noted when its bytes came from the sandbox, before anybody else saw them. */
  nextNews(kinds: readonly TapNews['is'][]): Promise<Noted>
  /** Resolves when a terminal comes to wait for a command. Ask before typing one. */
  nextPrompt(program: Program): Promise<void>
  /** Resolves when `count` sandboxes have been opened in all. */
  opened(count: number): Promise<void>
}

/** As fine as the clock is: milliseconds since the epoch. */
export const now = () => performance.timeOrigin + performance.now()

/** How long anything may take here (milliseconds), on a busy machine too. */
const LIMIT = 120_000

/** Whatever is waited for here comes, or the bench ends with words on what did not. */
export async function within<T>(promise: Promise<T>, what: string, signal: AbortSignal): Promise<T> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT)])
  const over = Promise.withResolvers<never>()
  const stop = () => over.reject(signal.aborted ? signal.reason : new Error(`${what} did not come within ${LIMIT / 1000} s.`))
  limit.addEventListener('abort', stop)
  try {
    return await Promise.race([promise, over.promise])
  } finally {
    limit.removeEventListener('abort', stop)
  }
}

export function watchBackend(backend: Backend, signal: AbortSignal): WatchedBackend {
  const listeners = new Set<(what: Noted | { prompt: Program } | { opened: number }) => void>()
  let open = 0

  const tell = (what: Noted | { prompt: Program } | { opened: number }) => {
    for (const listener of [...listeners]) listener(what)
  }

  function next<T>(words: string, find: (what: Noted | { prompt: Program } | { opened: number }) => T | undefined): Promise<T> {
    const came = new Promise<T>((resolve) => {
      const listener = (what: Parameters<typeof find>[0]) => {
        const found = find(what)
        if (found === undefined) return
        listeners.delete(listener)
        resolve(found)
      }
      listeners.add(listener)
    })
    const result = within(came, words, signal)
    // Whoever waits for it may have failed on something else before.
    result.catch(() => {})
    return result
  }

  function watch(sandbox: Sandbox): Sandbox {
    const tap = openTap((news) => tell({ news, at: now() }))
    sandbox.onEvent((event) => {
      if (event.type === 'tap') tap.bytes(event.connection, event.direction, event.bytes)
      if (event.type === 'tap-closed') tap.closed(event.connection)
    })
    const openTerminal: Sandbox['openTerminal'] = async (options) => {
      const screen = watchPrompt(options, () => tell({ prompt: options.program }))
      const terminal = await sandbox.openTerminal({
        ...options,
        onOutput: (bytes) => {
          options.onOutput(bytes)
          screen.write(bytes)
        },
      })
      return overriding<Terminal>(terminal, {
        resize: (columns, rows) => {
          screen.resize(columns, rows)
          terminal.resize(columns, rows)
        },
      })
    }
    return overriding<Sandbox>(sandbox, { openTerminal })
  }

  return {
    name: backend.name,
    limits: backend.limits,
    prepare: (...given) => backend.prepare(...given),
    nextNews: (kinds) =>
      next(`News of the target (${kinds.join(' or ')})`, (what) => ('news' in what && kinds.includes(what.news.is) ? what : undefined)),
    nextPrompt: (program) =>
      next(`A prompt of the ${program}`, (what) => ('prompt' in what && what.prompt === program ? true : undefined)).then(() => {}),
    opened: async (count) => {
      if (open < count) await next('A sandbox', (what) => ('opened' in what && what.opened >= count ? true : undefined))
    },
    open: async (options) => {
      const sandbox = watch(await backend.open(options))
      tell({ opened: ++open })
      return sandbox
    },
    close: () => backend.close(),
  }
}

interface Screen {
  write(bytes: Uint8Array): void
  resize(columns: number, rows: number): void
}

/** A screen of its own, since only the line under the cursor tells a prompt from other output. */
function watchPrompt({ program, columns, rows }: { program: Program; columns: number; rows: number }, onPrompt: () => void): Screen {
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true })
  let line = 0
  let prompted = -1
  terminal.onLineFeed(() => {
    line++
  })
  return {
    resize: (columns, rows) => terminal.resize(columns, rows),
    write: (bytes) =>
      terminal.write(bytes, () => {
        // A busy machine may hand over a command's echo, its output and the next prompt at once: only the line tells that prompt from the last.
        if (line === prompted || !atPrompt(program, cursorLine(terminal.buffer.active))) return
        prompted = line
        onPrompt()
      }),
  }
}

/** The object with some of its methods replaced; the rest go on as its own, private parts included. */
function overriding<T extends object>(object: T, methods: Partial<T>): T {
  return new Proxy(object, {
    get: (target, name) => {
      const value: unknown = Reflect.get(methods, name) ?? Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
