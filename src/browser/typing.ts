/** Types a line into a terminal the way a reader would: at the prompt, key by key, then Enter. */
import type { TerminalPane } from './terminal-pane.ts'

/** Time between two keys (milliseconds), and how long a whole line may take at most. */
const KEY = 14
const LINE = 420

/** Ends of line, then erase: what the reader had begun to type. Both Delve's line editor and bash take them. */
const ERASE = '\x05\x15'

export interface Typing {
  pane: TerminalPane
  /** Sends keys to the terminal's program. */
  send: (text: string) => void
  signal: AbortSignal
}

/** Resolves when the terminal waits for a command. Rejects when `signal` aborts. */
export function promptOf({ pane, signal }: Pick<Typing, 'pane' | 'signal'>): Promise<void> {
  if (signal.aborted) return Promise.reject(signal.reason)
  if (pane.prompt !== 'busy') return Promise.resolve()
  return new Promise((resolve, reject) => {
    const stop = pane.onOutput(() => {
      if (pane.prompt === 'busy') return
      stop()
      signal.removeEventListener('abort', abort)
      resolve()
    })
    const abort = () => {
      stop()
      reject(signal.reason)
    }
    signal.addEventListener('abort', abort, { once: true })
  })
}

/** Types `line` at the prompt, without Enter. Readers who asked for less motion see it at once. */
export async function typeKeys(line: string, { pane, send, signal }: Typing): Promise<void> {
  if (pane.prompt === 'typed') send(ERASE)
  const all = [...line]
  const instantly = matchMedia('(prefers-reduced-motion: reduce)').matches || document.hidden
  const keys = instantly ? all.length : Math.max(1, Math.ceil(all.length / (LINE / KEY)))
  for (let at = 0; at < all.length; at += keys) {
    signal.throwIfAborted()
    send(all.slice(at, at + keys).join(''))
    if (at + keys < all.length) await new Promise((resolve) => setTimeout(resolve, KEY))
  }
}
