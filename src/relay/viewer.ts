/** One page that looks at a session: what it is sent, in which order, and what happens when it does not keep up. */
import { SHOWN_EVERY } from '../protocol/limits.ts'
import { CLOSE, type FromRelay, TERMINALS, type TerminalName } from '../protocol/messages.ts'
import type { Snapshot } from './screen.ts'

/** Milliseconds without progress after which a page no longer holds up the others: output is left out until it keeps up again. */
const PATIENCE = 1_000
/** Milliseconds in which a socket takes nothing after which it is given up. */
const GIVE_UP = 30_000
/** Bytes not yet taken beyond which a page is behind at once, whatever the time: more than both terminals' windows and a screen. */
const MOST = 4 * 1024 * 1024
/** Bytes of a terminal's output that a page may have got and not yet shown. */
const UNSHOWN = 4 * SHOWN_EVERY
/** UTF-16 units of a message. Only values that somebody forged are longer, and a page could never catch up with them. */
const LONGEST = 1024 * 1024

/** What a viewer needs of a WebSocket. `taken` is called when the operating system has the bytes, or the socket is closed. */
export interface PageSocket {
  send(data: string | Buffer, taken: () => void): void
  close(code: number, reason: string): void
}

type Pace = 'following' | 'behind' | 'gone'

interface Held {
  frame: Buffer
  taken: () => void
}

export class Viewer {
  readonly #socket: PageSocket
  readonly #catchUp: () => void
  /** Behind: it gets nothing until it has caught up with what it was sent, then screens again. */
  #pace: Pace = 'following'
  /** Bytes that the socket has not taken. */
  #bytes = 0
  /** Who waits for what was sent: told at once when the page falls behind, so that nobody waits for it. */
  readonly #waiting = new Set<() => void>()
  /** Output that the socket has taken and the page cannot have room for. */
  #unshown: { terminal: TerminalName; end: number; done: () => void }[] = []
  /** Bytes of output sent, and shown as far as the page says; null while it has said nothing. */
  readonly #sent: Record<TerminalName, number> = { debugger: 0, shell: 0 }
  #shown: Record<TerminalName, number> | null = null
  /** Output of a terminal that came after its screen was asked for and before it was sent. */
  readonly #held = new Map<TerminalName, Held[]>()
  #clocks: NodeJS.Timeout[] = []

  /** `catchUp` must show everything anew; it is called when a page that was behind keeps up again. */
  constructor({ socket, catchUp }: { socket: PageSocket; catchUp: () => void }) {
    this.#socket = socket
    this.#catchUp = catchUp
  }

  /** Sends a message; a page that is behind is told the current state when it has caught up. */
  tell(message: FromRelay): void {
    if (this.#pace !== 'following') return
    const text = JSON.stringify(message)
    if (text.length <= LONGEST) this.#send(text, () => {})
  }

  /** Sends what a terminal said; `frame` begins with the terminal's index. Calls `taken` once, as soon as nobody need wait for this page. */
  output(terminal: TerminalName, frame: Buffer, taken: () => void): void {
    const held = this.#held.get(terminal)
    if (this.#pace !== 'following') taken()
    else if (held) held.push({ frame, taken })
    else this.#sendOutput(terminal, frame, taken)
  }

  /** The page has shown so many more bytes of a terminal's output. */
  shown(terminal: TerminalName, bytes: number): void {
    this.#shown ??= { debugger: 0, shell: 0 }
    this.#shown[terminal] = Math.min(this.#sent[terminal], this.#shown[terminal] + bytes)
    const unshown = this.#unshown
    this.#unshown = unshown.filter((each) => !this.#hasRoom(each))
    for (const each of unshown) if (this.#hasRoom(each)) each.done()
    this.#progress()
  }

  /** Holds a terminal's output back from now on. Call what it returns with the screen as of now. */
  hold(terminal: TerminalName): (snapshot: Snapshot) => void {
    this.#letGo(terminal)
    const held: Held[] = []
    this.#held.set(terminal, held)
    return ({ rest, ...screen }) => {
      if (this.#held.get(terminal) !== held) return
      this.#held.delete(terminal)
      this.tell({ type: 'screen', terminal, ...screen })
      if (rest.length > 0) this.output(terminal, Buffer.concat([Buffer.from([TERMINALS.indexOf(terminal)]), rest]), () => {})
      for (const { frame, taken } of held) this.output(terminal, frame, taken)
    }
  }

  /** Says goodbye. */
  close(code: number, reason: string): void {
    this.#socket.close(code, reason)
  }

  /** The socket is closed: lets go of everything. */
  gone(): void {
    this.#release('gone')
    this.#stopClocks()
  }

  #sendOutput(terminal: TerminalName, frame: Buffer, taken: () => void) {
    this.#sent[terminal] += frame.length - 1
    const end = this.#sent[terminal]
    const done = () => {
      if (this.#waiting.delete(done)) taken()
    }
    this.#waiting.add(done)
    this.#send(frame, () => {
      if (this.#hasRoom({ terminal, end })) done()
      else this.#unshown.push({ terminal, end, done })
    })
  }

  #send(data: string | Buffer, taken: () => void) {
    const { length } = data
    this.#bytes += length
    this.#startClocks()
    this.#socket.send(data, () => {
      this.#bytes -= length
      taken()
      this.#progress()
    })
    if (this.#bytes > MOST) this.#fallBehind()
  }

  #hasRoom({ terminal, end }: { terminal: TerminalName; end: number }): boolean {
    return this.#pace !== 'following' || this.#shown === null || end - this.#shown[terminal] <= UNSHOWN
  }

  /** Something was taken or shown: the clocks begin again, and a page that was behind may have caught up. */
  #progress() {
    this.#stopClocks()
    this.#startClocks()
    const { debugger: one, shell: other } = this.#shown ?? this.#sent
    const caughtUp = this.#bytes === 0 && this.#sent.debugger - one < SHOWN_EVERY && this.#sent.shell - other < SHOWN_EVERY
    if (this.#pace !== 'behind' || !caughtUp) return
    this.#pace = 'following'
    this.#catchUp()
  }

  #startClocks() {
    if (this.#clocks.length > 0 || this.#pace === 'gone' || (this.#bytes === 0 && this.#unshown.length === 0)) return
    this.#clocks = [
      setTimeout(() => this.#fallBehind(), PATIENCE),
      // A page that takes everything and shows nothing lies in the background: it may.
      setTimeout(() => this.#bytes > 0 && this.close(CLOSE.notReading, `This page did not read for ${GIVE_UP / 1000} seconds.`), GIVE_UP),
    ]
  }

  #stopClocks() {
    for (const clock of this.#clocks.splice(0)) clearTimeout(clock)
  }

  #fallBehind() {
    if (this.#pace === 'following') this.#release('behind')
  }

  #release(pace: Pace) {
    this.#pace = pace
    this.#unshown = []
    for (const terminal of [...this.#held.keys()]) this.#letGo(terminal)
    for (const done of [...this.#waiting]) done()
  }

  #letGo(terminal: TerminalName) {
    const held = this.#held.get(terminal) ?? []
    this.#held.delete(terminal)
    for (const { taken } of held) taken()
  }
}
