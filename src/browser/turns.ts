/** Whose turn it is to type into a terminal: steps, clicks on lines and Continue share its one prompt, and two lines typed at once would be one wrong one. */
import type { TerminalName } from '../protocol/messages.ts'

export class Turns {
  readonly #last: Record<TerminalName, Promise<void>> = { debugger: Promise.resolve(), shell: Promise.resolve() }

  /**
   * Resolves when everybody who asked before is done, with what ends the turn; calling that again does nothing.
   * Rejects when `signal` aborts first, and the turn goes on to the next.
   */
  async take(terminal: TerminalName, signal: AbortSignal): Promise<() => void> {
    const before = this.#last[terminal]
    const turn = Promise.withResolvers<void>()
    this.#last[terminal] = before.then(() => turn.promise)
    const aborted = Promise.withResolvers<never>()
    const abort = () => aborted.reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    try {
      signal.throwIfAborted()
      await Promise.race([before, aborted.promise])
    } catch (error) {
      turn.resolve()
      throw error
    } finally {
      signal.removeEventListener('abort', abort)
    }
    return turn.resolve
  }
}
