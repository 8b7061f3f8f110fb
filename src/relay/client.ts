/** Tells clients apart by their address, as far as an address can: readers behind one router are one. */
import { isIPv6 } from 'node:net'

/** The same text for all addresses that one client has: with IPv6 that is a whole network (/64). */
export function clientOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!isIPv6(plain)) return plain
  const [start = '', end] = plain.split('::')
  const groups = (part: string) => part.split(':').filter(Boolean)
  const missing = end === undefined ? 0 : Math.max(0, 8 - groups(start).length - groups(end).length)
  const all = [...groups(start), ...Array<string>(missing).fill('0'), ...groups(end ?? '')]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
