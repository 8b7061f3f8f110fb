/** Different words, each kept once: a list of functions has 64,000 of them, but only a third as many names. */
import { wordsIn } from '../../source/function-list-format.ts'

/** The bit that all digits share in a mask; letters have one each. */
const DIGIT = 1 << 26
/** The bit of a word that begins with a capital, in its own mask and never in that of what is asked. */
export const CAPITAL = 1 << 27

function bitOf(code: number): number {
  return code >= 97 && code <= 122 ? 1 << (code - 97) : code >= 48 && code <= 57 ? DIGIT : 0
}

/** Bits of the letters a to z, and one for all digits: a word without a letter that is asked for need not be looked at. */
export function letterMask(lower: string): number {
  let mask = 0
  for (let at = 0; at < lower.length; at++) mask |= bitOf(lower.charCodeAt(at))
  return mask
}

const NEWLINE = 10
let made = 0

/** Words by their numbers, in three arrays beside each other. */
export class Words {
  /** Tells lists of words apart. */
  readonly id = made++
  readonly texts: string[] = []
  readonly lower: string[] = []
  readonly masks: number[] = []

  /** Adds the words of a text, none of which is there yet. */
  addAll(text: string): void {
    const lower = text.toLowerCase()
    for (const word of wordsIn(text)) this.texts.push(word)
    for (const word of wordsIn(lower)) this.lower.push(word)
    // All words in one go: a call for each would take most of the time of the whole list, since nothing is compiled yet.
    let mask = 0
    for (let at = 0, begun = true; at < lower.length; at++) {
      const code = lower.charCodeAt(at)
      if (code === NEWLINE) {
        this.masks.push(mask)
        mask = 0
      } else mask |= begun && text.charCodeAt(at) !== code ? CAPITAL | bitOf(code) : bitOf(code)
      begun = code === NEWLINE
    }
  }

  get size(): number {
    return this.texts.length
  }
}

/** Words that are numbered as they come. */
export class NumberedWords extends Words {
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
}
