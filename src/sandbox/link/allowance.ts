/** How much of the relay's time one sandbox may take: an allowance that fills up again, in bytes parsed. A byte of JSON, checked, takes some 90 ns at worst. */

/** A second of it is a tenth of a core. A reader who steps as fast as they can needs about as much. */
export const PER_SECOND = 1024 * 1024
/** What may be saved up: listing a thousand goroutines with a command for each takes some 12 MiB. */
export const SAVED = 16 * 1024 * 1024
/** Shorter rests are not worth a clock. */
const LEAST_REST = 20

export class Allowance {
  #left = SAVED
  #at = performance.now()

  /** Takes from it. Returns for how many milliseconds nothing more may be taken: 0 while there is some left. */
  spend(cost: number): number {
    const now = performance.now()
    this.#left = Math.min(SAVED, this.#left + ((now - this.#at) / 1_000) * PER_SECOND) - cost
    this.#at = now
    return this.#left >= 0 ? 0 : Math.max(LEAST_REST, (-this.#left / PER_SECOND) * 1_000)
  }
}
