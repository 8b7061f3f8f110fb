/** Different words, each kept once: a list of functions has 64,000 of them, but only half as many names. */

/** Bits of the letters a to z, and one for all digits: a word without a letter that is asked for need not be looked at. */
export function letterMask(lower: string): number {
  let mask = 0
  for (let at = 0; at < lower.length; at++) {
    const code = lower.charCodeAt(at)
    if (code >= 97 && code <= 122) mask |= 1 << (code - 97)
    else if (code >= 48 && code <= 57) mask |= 1 << 26
  }
  return mask
}

let made = 0

/** Words by their numbers, in three arrays beside each other. */
export class Words {
  /** Tells lists of words apart. */
  readonly id = made++
  readonly texts: string[] = []
  readonly lower: string[] = []
  readonly masks: number[] = []
  readonly #numbers = new Map<string, number>()

  /** The number of a word, a new one if it is not there yet. */
  add(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.texts.length
    const lower = text.toLowerCase()
    this.texts.push(text)
    this.lower.push(lower)
    this.masks.push(letterMask(lower))
    this.#numbers.set(text, number)
    return number
  }

  get size(): number {
    return this.texts.length
  }
}
