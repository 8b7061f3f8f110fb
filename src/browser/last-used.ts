/** Keeps what was loaded last: each thing is loaded once, and a failure is not remembered. */

export class LastUsed<Value> {
  readonly #kept = new Map<string, Promise<Value>>()
  readonly #most: number

  /** `most` is how many are kept. */
  constructor(most: number) {
    this.#most = most
  }

  /** What is kept under `key`, or else what `load` gives. */
  async get(key: string, load: () => Promise<Value>): Promise<Value> {
    const value = this.#kept.get(key) ?? load()
    this.#kept.delete(key)
    this.#kept.set(key, value)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest)
    try {
      return await value
    } catch (error) {
      if (this.#kept.get(key) === value) this.#kept.delete(key)
      throw error
    }
  }
}
