/** Lets a few start at a time: sixteen starts at once on two cores take each of them 49 s, one after the other 3 s each. */

export class Turns {
  readonly #most: number
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(most: number) {
    this.#most = most
    this.#free = most
  }

  /** Runs `work` when it is its turn; `onWait` is called when that is not at once, with how many come before. Rejects with the signal's reason when given up before. */
  async take<T>(signal: AbortSignal | undefined, onWait: (before: number) => void, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted()
    if (this.#free === 0) onWait(this.#most + this.#waiting.length)
    await this.#turn(signal)
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free += 1
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener('abort', giveUp)
        resolve()
      }
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1)
        reject(signal?.reason)
      }
      this.#waiting.push(go)
      signal?.addEventListener('abort', giveUp, { once: true })
    })
  }
}
