/** A scripted reader: what a page does with a relay, without a page. Sees what the page would see, and waits for it. */
import headless from '@xterm/headless'
// ws (dev only): the client of the library that the relay's sockets stand on; it can stop reading, which Node's own cannot.
import { WebSocket } from 'ws'
import type { DebuggerEvent } from '../../src/delve/state.ts'
import { SHOWN_EVERY } from '../../src/protocol/limits.ts'
import { FromRelay, type SessionState, TERMINALS, type TerminalName } from '../../src/protocol/messages.ts'

export interface ReaderOptions {
  /** The relay's address. */
  url: string
  /** The cookie of an earlier reader, to look at the same session. */
  cookie?: string
  /** Sent on joining. */
  columns?: number
  rows?: number
}

/** Asks for a session as a page does. `cookie` is the one to send from now on. */
export async function postSession(
  url: string,
  headers: Record<string, string> = {},
  wish?: unknown,
): Promise<{ status: number; cookie: string; body: unknown }> {
  const body = wish === undefined ? {} : { body: JSON.stringify(wish), headers: { 'content-type': 'application/json' } }
  const answer = await fetch(new URL('/api/session', url), { method: 'POST', ...body, headers: { origin: url, ...body.headers, ...headers } })
  const { cookie: sent = '' } = headers
  const [cookie = sent] = answer.headers.getSetCookie()
  return { status: answer.status, cookie: cookie.split(';')[0] ?? '', body: await answer.json() }
}

/** Gets a session (or joins that of `cookie`) and opens a socket to it. */
export async function openReader({ url, cookie, columns = 80, rows = 24 }: ReaderOptions): Promise<Reader> {
  const mine = cookie ?? (await postSession(url)).cookie
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/session/socket`, { headers: { cookie: mine, origin: url } })
  const reader = new Reader(socket, mine, { columns, rows })
  await reader.opened
  for (const terminal of TERMINALS) reader.send({ type: 'resize', terminal, columns, rows })
  return reader
}

export class Reader {
  readonly cookie: string
  readonly socket: WebSocket
  /** Every JSON message, in order. */
  readonly messages: FromRelay[] = []
  /** Bytes each terminal said since joining, screens not counted. */
  readonly bytes: Record<TerminalName, number> = { debugger: 0, shell: 0 }
  /** Resolves when the socket is open; rejects with the HTTP answer when it is refused. */
  readonly opened: Promise<void>
  readonly closed: Promise<{ code: number; reason: string }>
  readonly #terminals: Record<TerminalName, headless.Terminal>
  /** Bytes shown that the relay was not told of. */
  readonly #shown: Record<TerminalName, number> = { debugger: 0, shell: 0 }
  readonly #checks = new Set<() => void>()
  #looking = false

  constructor(socket: WebSocket, cookie: string, { columns, rows }: { columns: number; rows: number }) {
    this.cookie = cookie
    this.socket = socket
    const terminal = () => new headless.Terminal({ cols: columns, rows, scrollback: 1_000, allowProposedApi: true })
    this.#terminals = { debugger: terminal(), shell: terminal() }
    this.opened = new Promise((resolve, reject) => {
      socket.on('open', resolve)
      socket.on('error', reject)
    })
    this.closed = new Promise((resolve) => socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })))
    socket.on('message', (data: Buffer, isBinary) => (isBinary ? this.#output(data) : this.#message(FromRelay.parse(JSON.parse(data.toString())))))
  }

  send(message: unknown): void {
    this.socket.send(JSON.stringify(message))
  }

  /** Types a line into a terminal, as Run does. */
  type(terminal: TerminalName, line: string): void {
    this.send({ type: 'input', terminal, text: `${line}\r` })
  }

  /** What a terminal shows, with the lines above the screen; blank lines at the end are left out. */
  text(terminal: TerminalName): string {
    const { active } = this.#terminals[terminal].buffer
    const lines = Array.from({ length: active.length }, (_, at) => active.getLine(at)?.translateToString(true) ?? '')
    return lines.join('\n').trimEnd()
  }

  /** Resolves when a terminal shows `text`. */
  says(terminal: TerminalName, text: string | RegExp): Promise<void> {
    return this.#until(
      () => (typeof text === 'string' ? this.text(terminal).includes(text) : text.test(this.text(terminal))) || undefined,
      () => `the ${terminal} to say ${text}; it shows:\n${this.text(terminal)}`,
    ).then(() => {})
  }

  /** Resolves with the first message, from the `from`th on, that `match` takes. */
  message<T extends FromRelay>(match: (message: FromRelay) => message is T, from?: number): Promise<T>
  message(match: (message: FromRelay) => boolean, from?: number): Promise<FromRelay>
  message(match: (message: FromRelay) => boolean, from = 0): Promise<FromRelay> {
    return this.#until(
      () => this.messages.slice(from).find(match),
      () => `a message; it got:\n${this.messages.map((message) => JSON.stringify(message).slice(0, 200)).join('\n')}`,
    )
  }

  /** Resolves with the session's state when it is `is`. */
  async session<S extends SessionState['is']>(is: S): Promise<Extract<SessionState, { is: S }>> {
    const found = await this.message((message) => message.type === 'session' && message.state.is === is)
    return (found as Extract<FromRelay, { type: 'session' }>).state as Extract<SessionState, { is: S }>
  }

  /** Resolves with the first debugger event, from the `from`th message on, that `match` takes. */
  async event(match: (event: DebuggerEvent) => boolean, from = 0): Promise<DebuggerEvent> {
    const found = await this.message((message) => message.type === 'debugger' && match(message.event), from)
    return (found as Extract<FromRelay, { type: 'debugger' }>).event
  }

  /** Leaves, as a closed tab does. */
  async close(): Promise<void> {
    this.socket.close()
    await this.closed
  }

  #message(message: FromRelay) {
    if (message.type === 'screen') {
      const terminal = this.#terminals[message.terminal]
      terminal.reset()
      terminal.resize(message.columns, message.rows)
      terminal.write(message.text, () => this.#check())
    }
    this.messages.push(message)
    this.#check()
  }

  #output(data: Buffer) {
    const name = TERMINALS[data[0] ?? 0]
    if (!name) throw new RangeError(`There is no terminal ${data[0]}.`)
    this.bytes[name] += data.length - 1
    this.#terminals[name].write(data.subarray(1), () => {
      this.#showed(name, data.length - 1)
      this.#check()
    })
  }

  #showed(name: TerminalName, bytes: number) {
    this.#shown[name] += bytes
    if (this.#shown[name] < SHOWN_EVERY || this.socket.readyState !== WebSocket.OPEN) return
    this.send({ type: 'shown', terminal: name, bytes: this.#shown[name] })
    this.#shown[name] = 0
  }

  /** Looks once for all that came in one turn of the event loop: in a flood, looking would take longer than reading. */
  #check() {
    if (this.#looking) return
    this.#looking = true
    setImmediate(() => {
      this.#looking = false
      for (const check of [...this.#checks]) check()
    })
  }

  #until<T>(look: () => T | undefined, what: () => string): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = look()
        if (found === undefined) return
        this.#checks.delete(check)
        resolve(found)
      }
      this.#checks.add(check)
      void this.closed.then(({ code, reason }) => {
        if (this.#checks.delete(check)) reject(new Error(`The socket closed (${code} ${reason}) before ${what()}`))
      })
      check()
    })
  }
}
