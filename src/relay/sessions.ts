/** All sessions of a relay, found by the ticket in a browser's cookie. */
import type { Ending } from '../protocol/messages.ts'
import { newTicket, sameSecret, type Ticket } from './secret.ts'
import { Session, type SessionOptions } from './session.ts'

/** Milliseconds that the words of an ended session are kept for a page that comes back. */
const REMEMBER = 10 * 60_000

interface Entry {
  /** Who asked for it. */
  client: string
  ticket: Ticket
  session: Session
  forget?: NodeJS.Timeout
}

export class Sessions {
  readonly #entries = new Map<string, Entry>()
  readonly #alive = new Set<Session>()
  #closed = false

  /** Starts a session for a client; `ticket` opens it from now on. */
  start(client: string, options: SessionOptions): { ticket: Ticket; session: Session } {
    const entry: Entry = { client, ticket: newTicket(), session: new Session(options) }
    const { ticket, session } = entry
    this.#entries.set(ticket.id, entry)
    this.#alive.add(session)
    void session.gone.then(() => {
      this.#alive.delete(session)
      if (!this.#closed) entry.forget = setTimeout(() => this.#entries.delete(ticket.id), REMEMBER)
    })
    return { ticket, session }
  }

  /** The session a ticket opens; null when there is none, or the secret is another's. */
  find(ticket: Ticket | null): Session | null {
    const entry = ticket && this.#entries.get(ticket.id)
    return entry && sameSecret(entry.ticket.secret, ticket.secret) ? entry.session : null
  }

  /** How many sessions of a client are not over. */
  openOf(client: string): number {
    return [...this.#entries.values()].filter((entry) => entry.client === client && entry.session.state.is !== 'ended').length
  }

  /** Sessions whose sandbox is wanted, there, or not yet gone. */
  get alive(): ReadonlySet<Session> {
    return this.#alive
  }

  /** Ends all, and resolves when nothing of them is left. */
  async close(ending: Ending): Promise<void> {
    this.#closed = true
    for (const { forget } of this.#entries.values()) clearTimeout(forget)
    for (const session of this.#alive) session.end(ending)
    await Promise.all([...this.#alive].map((session) => session.gone))
    this.#entries.clear()
  }
}
