/** Different words, each kept once: a list of functions has 64,000 of them, but only a third as many names. */
import { wordsIn } from '../../source/function-list-format.ts'
import { humpMask } from './humps.ts'

/** Bits by character: one for each letter from a to z, one for all digits. */
const BITS = Int32Array.from({ length: 128 }, (_, code) => (code >= 97 && code <= 122 ? 1 << (code - 97) : code >= 48 && code <= 57 ? 1 << 26 : 0))
/** The bit of a word that begins with a capital, in its own mask and never in that of what is asked. */
export const CAPITAL = 1 << 27

/** The bits of what a word has: one without a letter that is asked for need not be looked at. */
export function letterMask(lower: string): number {
  let mask = 0
  for (let at = 0; at < lower.length; at++) mask |= bitOf(lower.charCodeAt(at))
  return mask
}

/** The bit of a character in small letters. */
export function bitOf(code: number): number {
  return code < 128 ? (BITS[code] as number) : 0
}

const NEWLINE = 10
const UNKNOWN = -1
let made = 0

/** Words by their numbers, in three arrays beside each other. */
export class Words {
  /** Tells lists of words apart. */
  readonly id = made++
  texts: readonly string[] = []
  lower: readonly string[] = []
  masks = new Int32Array(0)
  #humps = new Int32Array(0)

  /** Adds the words of a text, none of which is there yet. */
  addAll(text: string): void {
    const lower = text.toLowerCase()
    let number = this.texts.length
    // All words in one go, and nothing once for each that the browser does for all: what the first result waits for runs before it is compiled.
    this.texts = this.texts.concat(wordsIn(text))
    this.lower = this.lower.concat(wordsIn(lower))
    const masks = new Int32Array(this.texts.length)
    masks.set(this.masks)
    let mask = text.charCodeAt(0) === lower.charCodeAt(0) ? 0 : CAPITAL
    for (let at = 0; at < lower.length; at++) {
      const code = lower.charCodeAt(at)
      if (code === NEWLINE) {
        masks[number++] = mask
        mask = text.charCodeAt(at + 1) === lower.charCodeAt(at + 1) ? 0 : CAPITAL
      } else if (code < 128) mask |= BITS[code] as number
    }
    this.masks = masks
  }

  /** The first letters of a word's humps, as bits: made when it is first asked for, since few are. */
  humpsOf(number: number): number {
    if (this.#humps.length < this.size) {
      const before = this.#humps
      this.#humps = new Int32Array(this.size).fill(UNKNOWN)
      this.#humps.set(before)
    }
    const known = this.#humps[number] as number
    if (known !== UNKNOWN) return known
    const mask = humpMask(this.texts[number] as string, this.lower[number] as string, bitOf)
    this.#humps[number] = mask
    return mask
  }

  get size(): number {
    return this.texts.length
  }
}
