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

/** Resolves when the terminal waits for a command, with nothing typed: what the reader had begun is erased. Rejects when `signal` aborts. */
export function promptOf({ pane, send, signal }: Typing): Promise<void> {
  if (signal.aborted) return Promise.reject(signal.reason)
  return new Promise((resolve, reject) => {
    let erased = false
    const look = () => {
      const { prompt } = pane
      if (prompt === 'empty') {
        end()
        resolve()
      } else if (prompt === 'typed' && !erased) {
        // A line that was entered a moment ago looks the same: then whoever reads next finds nothing to erase, and the prompt comes all the same.
        erased = true
        send(ERASE)
      } else if (prompt === 'busy') erased = false
    }
    const end = () => {
      stop()
      signal.removeEventListener('abort', abort)
    }
    const abort = () => {
      end()
      reject(signal.reason)
    }
    const stop = pane.onOutput(look)
    signal.addEventListener('abort', abort, { once: true })
    look()
  })
}

/** Types `line` at the prompt, without Enter. Readers who asked for less motion see it at once. */
export async function typeKeys(line: string, { send, signal }: Omit<Typing, 'pane'>): Promise<void> {
  // Also where nothing is seen: what was typed while its program did not read shows only now.
  send(ERASE)
  const all = [...line]
  const instantly = matchMedia('(prefers-reduced-motion: reduce)').matches || document.hidden
  const keys = instantly ? all.length : Math.max(1, Math.ceil(all.length / (LINE / KEY)))
  for (let at = 0; at < all.length; at += keys) {
    signal.throwIfAborted()
    send(all.slice(at, at + keys).join(''))
    if (at + keys < all.length) await new Promise((resolve) => setTimeout(resolve, KEY))
  }
}
