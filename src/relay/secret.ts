/** The secret that makes a browser the owner of a session: what is in its cookie, and how it is compared. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A cookie's value is `ID.SECRET`: the id finds the session (and may be logged), the secret proves that it is theirs. */
export interface Ticket {
  id: string
  /** 32 random bytes, as 43 characters. */
  secret: string
}

const TICKET = /^([a-z0-9]{12})\.([\w-]{43})$/

export function newTicket(): Ticket {
  return { id: randomBytes(6).toString('hex'), secret: randomBytes(32).toString('base64url') }
}

export const ticketText = ({ id, secret }: Ticket): string => `${id}.${secret}`

/** Reads a cookie's value; null when it is none of ours. */
export function parseTicket(text: string | undefined): Ticket | null {
  const [, id, secret] = TICKET.exec(text ?? '') ?? []
  return id && secret ? { id, secret } : null
}

/** Compares in a time that tells nothing of where they differ. */
export function sameSecret(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
