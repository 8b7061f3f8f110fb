/** Writes a time.Duration as Go prints it: `1h2m3.5s`, `250ms`, `0s`. Delve shows the name of any constant of the same value instead. */

const SECOND = 1_000_000_000n

/** `nanoseconds` may be negative. */
export function goDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  const all = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (all < 1_000n) return `${sign}${all}ns`
  if (all < 1_000_000n) return `${sign}${decimal(all, 1_000n)}µs`
  if (all < SECOND) return `${sign}${decimal(all, 1_000_000n)}ms`
  const minutes = all / (60n * SECOND)
  const seconds = `${decimal(all % (60n * SECOND), SECOND)}s`
  if (minutes === 0n) return sign + seconds
  const hours = minutes / 60n
  return `${sign}${hours > 0n ? `${hours}h` : ''}${minutes % 60n}m${seconds}`
}

/** `all / unit` with as many decimals as it has. */
function decimal(all: bigint, unit: bigint): string {
  const rest = (all % unit).toString().padStart(unit.toString().length - 1, '0')
  return `${all / unit}.${rest}`.replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros.replace(/0+$/, '')))
}
