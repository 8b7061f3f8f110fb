/** Turns the last lines of a failed run of Go into an error that says what to do. */
import { PinsError } from './pins-error.ts'

const NETWORK =
  /dial tcp|no such host|i\/o timeout|TLS handshake|connection re(?:fused|set)|proxyconnect|network is unreachable|: 50[0-9] |context deadline/i
const DISK_FULL = /no space left on device|disk quota exceeded/i

/** `doing` completes the sentence "Go could not …"; `said` are the last lines of its standard error. */
export function goFailure(doing: string, said: readonly string[]): PinsError {
  const lines = said.filter((line) => !line.startsWith('go: downloading ')).join('\n')
  if (DISK_FULL.test(lines)) {
    return new PinsError(`The disk is full: Go could not ${doing}:\n${lines}`, 'Free some space, then start again: what is done already is kept.')
  }
  if (NETWORK.test(lines)) {
    return new PinsError(
      `Go could not reach the network to ${doing}:\n${lines}`,
      'Check the connection (and HTTPS_PROXY or GOPROXY, if you need them), then start again: what is downloaded already is kept.',
    )
  }
  return new PinsError(`Go could not ${doing}:\n${lines}`, 'Start again; if it fails in the same way, the lines above are what to report.')
}
