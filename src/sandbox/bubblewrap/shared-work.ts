/** Long work that several may wait for: begun by the first, told to all, and begun again after it failed. */

/** Does the work until the signal; `onProgress` takes words for a page. */
export type Work<T> = (options: { signal: AbortSignal; onProgress: (words: string) => void }) => Promise<T>

export class SharedWork<T> {
  readonly #work: Work<T>
  readonly #listeners = new Set<(words: string) => void>()
  readonly #abort = new AbortController()
  #result: Promise<T> | null = null
  #words: string | null = null

  constructor(work: Work<T>) {
    this.#work = work
  }

  /** Resolves with the work's result. Rejects with its error, or with the reason of the caller's signal: the work goes on then for the others. */
  async result({ signal, onProgress }: { signal?: AbortSignal | undefined; onProgress: (words: string) => void }): Promise<T> {
    signal?.throwIfAborted()
    this.#result ??= this.#begin()
    if (this.#words !== null) onProgress(this.#words)
    this.#listeners.add(onProgress)
    const givenUp = Promise.withResolvers<never>()
    const giveUp = () => givenUp.reject(signal?.reason)
    signal?.addEventListener('abort', giveUp, { once: true })
    try {
      return await Promise.race([this.#result, givenUp.promise])
    } finally {
      signal?.removeEventListener('abort', giveUp)
      this.#listeners.delete(onProgress)
    }
  }

  /** Ends work that is under way, and resolves when it has ended. */
  async close(): Promise<void> {
    this.#abort.abort(new Error('It is not wanted any more.'))
    await this.#result?.catch(() => {})
  }

  async #begin(): Promise<T> {
    try {
      const { signal } = this.#abort
      signal.throwIfAborted()
      const onProgress = (words: string) => {
        this.#words = words
        for (const tell of this.#listeners) tell(words)
      }
      return await this.#work({ signal, onProgress })
    } catch (error) {
      this.#result = null
      throw error
    } finally {
      this.#words = null
    }
  }
}
