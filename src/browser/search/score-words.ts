/** Scores whole lists of words, and keeps what came of it: of `etcd3 store cr` only the last part is new at the next keystroke. */
import { type Asked, EXACT, scoreTypo, scoreWord } from './match-word.ts'
import { CAPITAL, type Words } from './words.ts'

/** What may differ between what was typed and a word. */
export type Score = 'as typed' | 'one mistake' | 'exact'

/** A score for each word, and whether any is above 0. */
export interface WordScores {
  scores: Float32Array
  any: boolean
}

/** What was made, the one used longest ago first. */
const kept = new Map<string, { size: number; made: unknown }>()
/** Enough for all that three words need, as typed and with a mistake, at two keystrokes: at most 85 KB each. */
const MOST_KEPT = 96

/** What `make` returned when it was last asked for under this key with so many words; else what it returns now. Lists only ever grow. */
export function keep<Made>(key: string, size: number, make: () => Made): Made {
  const known = kept.get(key)
  const made = known?.size === size ? (known.made as Made) : make()
  kept.delete(key)
  kept.set(key, { size, made })
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break
    kept.delete(oldest)
  }
  return made
}

const SCORES = { 'as typed': scoreAsTyped, 'one mistake': scoreOneMistake, exact: scoreExact }

/** What is asked for in each of the words, times `weight`. */
export function scoreWords(words: Words, ask: Asked, weight: number, score: Score): WordScores {
  return keep(`${score} ${words.id} ${weight} ${ask.text}`, words.size, () => SCORES[score](words, ask, weight))
}

// Each walks through the masks alone and calls nothing for most words: so the loop is quick from the first query on.

function scoreAsTyped(words: Words, ask: Asked, weight: number): WordScores {
  const scores = new Float32Array(words.size)
  const { masks } = words
  const { mask } = ask
  let any = false
  for (let number = 0; number < scores.length; number++) {
    if (((masks[number] as number) & mask) !== mask) continue
    const points = scoreWord(words, number, ask)
    if (points <= 0) continue
    scores[number] = points * weight
    any = true
  }
  return { scores, any }
}

function scoreOneMistake(words: Words, ask: Asked, weight: number): WordScores {
  const typed = scoreWords(words, ask, weight, 'as typed')
  if (!ask.typo) return typed
  const scores = typed.scores.slice()
  const { masks } = words
  const { mask } = ask
  let { any } = typed
  for (let number = 0; number < scores.length; number++) {
    // One letter may be missing.
    const lacking = mask & ~(masks[number] as number)
    if ((lacking & (lacking - 1)) !== 0 || scores[number] !== 0) continue
    const points = scoreTypo(words, number, ask)
    if (points <= 0) continue
    scores[number] = points * weight
    any = true
  }
  return { scores, any }
}

function scoreExact(words: Words, { lower, mask }: Asked, weight: number): WordScores {
  const scores = new Float32Array(words.size)
  let any = false
  for (let number = 0; number < scores.length; number++) {
    if (((words.masks[number] as number) & ~CAPITAL) !== mask || words.lower[number] !== lower) continue
    scores[number] = EXACT * weight
    any = true
  }
  return { scores, any }
}
