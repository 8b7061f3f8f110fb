/** Turns a relay live. What stands in the way, whatever it is, is said in the terminal and on the page, and the recordings go on playing. */
import { PinsError } from './pins/pins-error.ts'
import type { Status } from './protocol/messages.ts'
import type { Relay } from './relay/relay.ts'
import { type Backend, SandboxError } from './sandbox/sandbox.ts'

export interface LiveOptions {
  relay: Pick<Relay, 'url' | 'goLive' | 'setStatus'>
  /** Makes all that a sandbox needs, and opens what makes sandboxes. */
  open: () => Promise<Backend>
  log: (line: string) => void
  signal: AbortSignal
}

/** Resolves with the backend, for the caller to close after the relay, or with null when there is none. Never rejects. */
export async function becomeLive({ relay, open, log, signal }: LiveOptions): Promise<Backend | null> {
  try {
    const backend = await open()
    relay.goLive({ backend })
    log(`Live: press Run on ${relay.url}, and your own API server stops at that line.`)
    return backend
  } catch (error) {
    if (signal.aborted) return null
    const status = whyNotLive(error)
    relay.setStatus(status)
    log(`${status.why}\n${status.fix}\nThe recordings go on playing at ${relay.url}.`)
    return null
  }
}

function whyNotLive(error: unknown): Extract<Status, { is: 'recorded' | 'failed' }> {
  // Sandboxes cannot be had on this host; everything else is something that failed, and may not the next time.
  if (error instanceof SandboxError) return { is: 'recorded', why: error.message, fix: error.fix }
  if (error instanceof PinsError) return { is: 'failed', why: error.message, fix: error.fix }
  const { code, path = 'a file', message } = error as NodeJS.ErrnoException
  const again = 'then start again'
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { is: 'failed', why: `The disk is full: ${path} could not be written (${message}).`, fix: `Free some space there, ${again}.` }
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { is: 'failed', why: `This user may not write ${path} (${message}).`, fix: `Make it writable for this user, ${again}.` }
    default:
      return {
        is: 'failed',
        why: `Sandboxes could not be started: ${error instanceof Error ? message : error}`,
        fix: 'Start again; if it fails in the same way, the line above is what to report.',
      }
  }
}
