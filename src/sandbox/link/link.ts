/** The line to one supervisor: frames out, frames in, and answers matched to requests. */
import type { Readable, Writable } from 'node:stream'
import { Allowance } from './allowance.ts'
import { bytesFrames, controlFrame, FRAME, FrameReader } from './frames.ts'
import { FromSupervisor, MAX_CONTROL, type Told, type ToSupervisor } from './messages.ts'

/** Bytes that may wait for a supervisor that does not read; a page's largest paste is far below. */
const MAX_UNSENT = 16 * 1024 * 1024

/** What taking a frame costs of the allowance, and how many bytes of one cost as much as one that is parsed. Terminals have a window of their own. */
const COST = { control: 1_024, terminal: 16, other: 64, rawBytes: 16 } as const

export interface LinkHandlers {
  message(message: Told): void
  terminal(id: number, bytes: Buffer): void
  stream(id: number, bytes: Buffer): void
  tap(connection: number, direction: 'request' | 'reply', bytes: Buffer): void
  /** The supervisor broke the rules; nothing more is read. `why` is for the log and the reader. */
  broken(why: string): void
}

/** Requests that are answered. */
type Asked = Extract<ToSupervisor, { request: number }>
type WithoutNumber<T> = T extends unknown ? Omit<T, 'request'> : never

export class Link {
  readonly #to: Writable
  readonly #from: Readable
  readonly #allowance = new Allowance()
  #resting: NodeJS.Timeout | undefined
  readonly #handlers: LinkHandlers
  readonly #waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>()
  #requests = 0
  #over = false

  constructor(to: Writable, from: Readable, handlers: LinkHandlers) {
    this.#to = to
    this.#from = from
    this.#handlers = handlers
    // The other end is gone: whoever watches the process tells why.
    to.on('error', () => {})
    from.on('error', () => {})
    const frames = new FrameReader()
    from.on('data', (bytes: Buffer) => {
      if (this.#over) return
      try {
        for (const { kind, payload } of frames.take(bytes)) {
          this.#take(kind, payload)
          if (this.#over) return
        }
      } catch (error) {
        this.breakOff(error instanceof Error ? error.message : String(error))
      }
    })
  }

  tell(message: ToSupervisor): void {
    this.#write(controlFrame(message))
  }

  /** Resolves when the supervisor has done it; rejects with its words, or when the link ends first. */
  ask(request: WithoutNumber<Asked>): Promise<void> {
    if (this.#over) return Promise.reject(new Error('the sandbox is gone'))
    this.#requests += 1
    const number = this.#requests
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject })
      this.tell({ ...request, request: number } as Asked)
    })
  }

  send(kind: 'terminal' | 'stream', id: number, bytes: Uint8Array): void {
    for (const frame of bytesFrames(FRAME[kind], id, bytes)) this.#write(frame)
  }

  /** Charges the sandbox with work that what it said has caused, in bytes parsed. Beyond its allowance nothing is taken from it for a while, so that it waits itself. */
  charge(cost: number): void {
    const rest = this.#allowance.spend(cost)
    if (rest > 0 && !this.#over && !this.#resting) this.#rest(rest)
  }

  #rest(milliseconds: number): void {
    this.#from.pause()
    this.#resting = setTimeout(() => {
      const more = this.#allowance.spend(0)
      if (more > 0) return this.#rest(more)
      this.#resting = undefined
      this.#from.resume()
    }, milliseconds)
  }

  /** Ends the link because of something the supervisor did. */
  breakOff(why: string): void {
    if (this.#over) return
    this.end()
    this.#handlers.broken(why)
  }

  /** Nothing more is sent, taken or answered; whoever still waits is told. */
  end(): void {
    this.#over = true
    clearTimeout(this.#resting)
    // What still comes is thrown away, or its process would never be seen to end.
    this.#from.resume()
    this.#to.end()
    for (const { reject } of this.#waiting.values()) reject(new Error('the sandbox is gone'))
    this.#waiting.clear()
  }

  #write(frame: Buffer): void {
    if (this.#over) return
    this.#to.write(frame)
    if (this.#to.writableLength > MAX_UNSENT) this.breakOff('it does not read what it is sent')
  }

  #take(kind: number, payload: Buffer): void {
    if (kind === FRAME.control) {
      this.charge(COST.control + payload.length)
      this.#takeControl(payload)
      return
    }
    const head = kind === FRAME.tap ? 3 : 2
    if (payload.length < head) throw new RangeError(`a frame of kind ${kind} without its number`)
    const id = payload.readUInt16BE(0)
    const bytes = payload.subarray(head)
    this.charge(kind === FRAME.terminal ? COST.terminal : COST.other + bytes.length / COST.rawBytes)
    if (kind === FRAME.terminal) this.#handlers.terminal(id, bytes)
    else if (kind === FRAME.stream) this.#handlers.stream(id, bytes)
    else if (kind === FRAME.tap) this.#handlers.tap(id, payload[2] === 0 ? 'request' : 'reply', bytes)
    else throw new RangeError(`a frame of unknown kind ${kind}`)
  }

  #takeControl(payload: Buffer): void {
    if (payload.length > MAX_CONTROL) throw new RangeError(`a control message of ${payload.length} bytes; ${MAX_CONTROL} are allowed`)
    const parsed = FromSupervisor.safeParse(json(payload))
    if (!parsed.success) throw new TypeError(`a control message that is not understood (${parsed.error.issues[0]?.message})`)
    const message = parsed.data
    if (message.type !== 'done' && message.type !== 'refused') {
      this.#handlers.message(message)
      return
    }
    const waiting = this.#waiting.get(message.request)
    if (!waiting) throw new TypeError('an answer to a request that was not made')
    this.#waiting.delete(message.request)
    if (message.type === 'done') waiting.resolve()
    else waiting.reject(new Error(message.why))
  }
}

function json(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'))
  } catch {
    throw new TypeError('a control message that is not JSON')
  }
}
