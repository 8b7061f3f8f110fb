/** Decides which requests may be meant for this relay: keeps other sites' pages, and names that were pointed here (DNS rebinding), out. */
import { isIP } from 'node:net'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']
const EVERYWHERE = ['0.0.0.0', '::', '']

/**
 * Makes a check for `Host` headers. `host` is what the relay listens on, `names` are further names it is reached by (a proxy's).
 * A rebinding attack needs a name of the attacker's, so a relay that listens everywhere takes any literal address.
 */
export function hostCheck({ host, names = [] }: { host: string; names?: readonly string[] | undefined }): (header: string | undefined) => boolean {
  const allowed = new Set([...LOOPBACK, ...names, host, `[${host}]`].map((name) => name.toLowerCase()))
  const everywhere = EVERYWHERE.includes(host)
  return (header) => {
    const name = nameOf(header)
    if (name === null) return false
    return allowed.has(name) || (everywhere && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0)
  }
}

/** The name in a `Host` header: without its port, in small letters; null when it is not a plain host. */
function nameOf(header: string | undefined): string | null {
  if (header === undefined || !/^(\[[\da-fA-F:.]+\]|[\w.-]+)(:\d{1,5})?$/.test(header)) return null
  return header.replace(/:\d{1,5}$/, '').toLowerCase()
}

/** Whether the page that asks came from this relay: `Origin` must be there, and name the same host and port as `Host`. */
export function fromOwnPage({ origin, host }: { origin?: string | undefined; host?: string | undefined }): boolean {
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false
  const { protocol, host: from } = new URL(origin)
  return (protocol === 'http:' || protocol === 'https:') && from === new URL(`${protocol}//${host}`).host
}
