/** The reader's session: one socket to the relay, opened again when it breaks, with what comes over it told to whoever listens. */
import type { Ending, FromPage, FromRelay, Refusal, SessionState, SessionWish, TerminalName } from '../protocol/messages.ts'

/** How the session stands, as far as the page knows. */
export type SessionPhase =
  | { is: 'none' }
  | { is: 'connecting' }
  | Extract<SessionState, { is: 'claiming' | 'live' }>
  | { is: 'reconnecting'; attempt: number; inSeconds: number }
  /** There is no connection and none is tried; the reader may ask again. */
  | { is: 'lost'; words: string }
  | { is: 'ended'; ending: Ending }

export interface SessionEvents {
  phase(phase: SessionPhase): void
  message(message: Exclude<FromRelay, { type: 'session' }>): void
  /** What a terminal said. */
  output(terminal: TerminalName, bytes: Uint8Array): void
}

/** The protocol's TERMINALS: the page takes only types from there. */
const TERMINALS: readonly TerminalName[] = ['debugger', 'shell']

/** Codes of the protocol's CLOSE after which the page does not connect again by itself, in words. */
const REFUSED: Readonly<Record<number, string>> = {
  4000: 'Your session is over.',
  4001: 'The relay closed the connection: it had to refuse too much of what this page sent.',
  4002: 'The relay closed the connection: this page did not read for too long.',
}

/** Seconds between attempts to connect again. */
const WAITS = [0.5, 1, 2, 4, 8, 8]

export class Session {
  readonly #events: SessionEvents
  readonly #address: string
  #socket: WebSocket | null = null
  #phase: SessionPhase = { is: 'none' }
  #attempt = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #opened = false

  /** `origin` is the relay's, as `http://127.0.0.1:8080`. */
  constructor(origin: string, events: SessionEvents) {
    this.#address = `${origin.replace(/^http/, 'ws')}/api/session/socket`
    this.#events = events
  }

  get phase(): SessionPhase {
    return this.#phase
  }

  /** Makes a session for `walk` (null: with a plain sandbox), or finds the one of this browser, and joins it. Resolves with whether it is new. Rejects with what to tell the reader. */
  async begin(walk: string | null): Promise<'new' | 'found'> {
    this.#tell({ is: 'connecting' })
    const wish: SessionWish = { walk }
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch('/api/session', { method: 'POST', headers, body: JSON.stringify(wish) }).catch(() => null)
    if (this.#phase.is !== 'connecting') throw new Error('The session was left before it was there.')
    if (!answer?.ok) {
      this.#tell({ is: 'none' })
      throw new Error(answer ? await refusal(answer) : 'The relay does not answer. Is it still running?')
    }
    this.#connect()
    return answer.status === 201 ? 'new' : 'found'
  }

  /** Joins the session that this browser had, if it still is; makes none. */
  async rejoin(): Promise<void> {
    this.#tell({ is: 'connecting' })
    const told = await askForSession()
    if (this.#phase.is !== 'connecting') return
    if (told && (told.is === 'live' || told.is === 'claiming')) this.#connect()
    else this.#tell({ is: 'none' })
  }

  /** Sends a message; what is sent while there is no connection is dropped, since a terminal must not type it later. Returns whether it was sent. */
  send(message: FromPage): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(JSON.stringify(message))
    return true
  }

  /** Leaves without ending the session. */
  leave(): void {
    clearTimeout(this.#timer)
    const socket = this.#socket
    this.#socket = null
    socket?.close()
    this.#tell({ is: 'none' })
  }

  #connect(): void {
    const socket = new WebSocket(this.#address)
    socket.binaryType = 'arraybuffer'
    this.#socket?.close()
    this.#socket = socket
    this.#opened = false
    socket.onopen = () => {
      this.#opened = true
    }
    socket.onmessage = ({ data }) => {
      if (this.#socket === socket) this.#hear(data as string | ArrayBuffer)
    }
    socket.onclose = ({ code }) => {
      if (this.#socket === socket) void this.#closed(code)
    }
  }

  #hear(data: string | ArrayBuffer): void {
    this.#attempt = 0
    if (typeof data !== 'string') {
      const bytes = new Uint8Array(data)
      const terminal = TERMINALS[bytes[0] ?? 0]
      if (terminal) this.#events.output(terminal, bytes.subarray(1))
      return
    }
    const message = JSON.parse(data) as FromRelay
    if (message.type === 'session') this.#tell(message.state)
    else this.#events.message(message)
  }

  async #closed(code: number): Promise<void> {
    this.#socket = null
    if (this.#phase.is === 'ended') return
    const refused = REFUSED[code]
    if (refused) {
      this.#tell({ is: 'lost', words: refused })
      return
    }
    // A relay that answers but does not let us in may have no session of ours any more.
    if (!this.#opened) {
      const told = await askForSession()
      if (this.#socket) return
      if (told === null || told.is === 'ended') {
        const ending: Ending = told?.ending ?? { reason: 'expired', words: 'Your sandbox is not there any more.' }
        this.#tell(this.#phase.is === 'connecting' ? { is: 'none' } : { is: 'ended', ending })
        return
      }
    }
    const seconds = WAITS[this.#attempt]
    this.#attempt++
    if (seconds === undefined) {
      this.#attempt = 0
      this.#tell({ is: 'lost', words: 'The relay cannot be reached. The recording goes on from the same step.' })
      return
    }
    this.#tell({ is: 'reconnecting', attempt: this.#attempt, inSeconds: seconds })
    this.#timer = setTimeout(() => this.#connect(), seconds * 1000)
  }

  #tell(phase: SessionPhase): void {
    this.#phase = phase
    this.#events.phase(phase)
  }
}

/** This browser's session as the relay knows it; null: it has none. `unknown`: the relay does not answer. */
async function askForSession(): Promise<SessionState | null | { is: 'unknown' }> {
  const answer = await fetch('/api/session').catch(() => null)
  if (!answer?.ok) return { is: 'unknown' }
  return ((await answer.json()) as { state: SessionState | null }).state
}

/** The relay's own words for a refusal. */
async function refusal(answer: Response): Promise<string> {
  const body = (await answer.json().catch(() => null)) as Refusal | null
  return body ? `${body.why} ${body.fix}` : `The relay refused (${answer.status}).`
}
