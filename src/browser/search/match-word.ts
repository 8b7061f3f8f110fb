/** How well a word is what was asked for: the higher the better, 0 for not at all. */
import { isHumpStart, matchHumps } from './humps.ts'
import { matchTypo, type TypoPlan, typoPlan } from './typo.ts'
import { bitOf, letterMask, type Words } from './words.ts'

/** One word of a query. */
export interface Asked {
  text: string
  lower: string
  mask: number
  /** Whether letters may stand for humps: `DBHC` and `defBuild` surely, `dbhc` perhaps, `Def` does not. */
  humps: 'surely' | 'perhaps' | 'no'
  /** A few capitals alone: initials more likely than letters of a word. */
  initials: boolean
  typo: TypoPlan | null
  /** What a word with the same case is worth more. */
  sameCase: number
}

/** Prepares a word to be looked for. */
export function asked(text: string): Asked {
  const lower = text.toLowerCase()
  const capitals = text.slice(1) !== lower.slice(1)
  const humps = lower.length < 2 ? 'no' : capitals ? 'surely' : text === lower ? 'perhaps' : 'no'
  return {
    text,
    lower,
    mask: letterMask(lower),
    humps,
    initials: /^[A-Z]{2,8}$/.test(text),
    typo: typoPlan(lower),
    sameCase: text[0] === lower[0] ? CASE : CAPITAL,
  }
}

/** Steps between kinds of matches; what is within a kind is told by length and case. */
export const EXACT = 1000
const PREFIX = 760
const HUMP_INITIALS = 700
const AT_HUMP = 600
const HUMPS = 520
const INSIDE = 400
const TYPO_WHOLE = 500
const TYPO_PREFIX = 380
const TYPO_INSIDE = 260

/** What the same case adds, and what it adds when it begins with a capital: WithAudit is not withAudit. And what ends with a hump, or with the word. */
const CASE = 30
const CAPITAL = 210
const WHOLE_HUMPS = 35
const TO_THE_END = 50
/** What a letter more costs, and how many letters at most are counted. */
const LETTER = 2
const LETTERS = 30
/** What humps cost that were not asked for, and what small letters for humps cost: they are letters of a word more often. */
const HUMP = 25
const SMALL = 160
/** What capitals cost where the word has small letters. */
const SHOUTED = 300
/** Below this, humps are chance. */
const LEAST_HUMPS = 300

/** Scores the word `number`, which has all letters. Words with typos are searched apart: they cost more, and are asked for when nothing else is found. */
export function scoreWord(words: Words, number: number, ask: Asked): number {
  const lower = words.lower[number] as string
  const first = lower.indexOf(ask.lower)
  if (first < 0) return ask.humps === 'no' ? 0 : scoreHumps(words, number, ask)
  const text = words.texts[number] as string
  const points = scoreLetters(text, lower, first, ask)
  if (!ask.initials) return points
  return Math.max(points - (text.includes(ask.text) ? 0 : SHOUTED), scoreHumps(words, number, ask))
}

/** `first` is where the letters stand first. */
function scoreLetters(text: string, lower: string, first: number, ask: Asked): number {
  const sameCase = text.startsWith(ask.text, first) ? (first === 0 ? ask.sameCase : CASE) : 0
  // One letter is the beginning of something.
  if (lower.length === ask.lower.length) return (lower.length > 1 ? EXACT : PREFIX) + sameCase
  const more = LETTER * Math.min(LETTERS, lower.length - ask.lower.length)
  if (first === 0) return PREFIX - more + sameCase + (isHumpStart(text, ask.lower.length) ? WHOLE_HUMPS : 0)
  // One letter is everywhere.
  if (ask.lower.length < 2) return 0
  for (let at = first; at >= 0; at = lower.indexOf(ask.lower, at + 1)) {
    if (!isHumpStart(text, at)) continue
    const end = at + ask.lower.length
    const here = text.startsWith(ask.text, at) ? CASE : 0
    return AT_HUMP - more + here + (end === lower.length ? TO_THE_END : isHumpStart(text, end) ? WHOLE_HUMPS : 0)
  }
  return INSIDE - more + sameCase
}

function scoreHumps(words: Words, number: number, ask: Asked): number {
  const sure = ask.humps === 'surely'
  const lower = words.lower[number] as string
  const first = ask.lower.charCodeAt(0)
  if (!sure && lower.charCodeAt(0) !== first) return 0
  // No hump begins with the first letter: most words go here.
  const bit = bitOf(first)
  if ((words.humpsOf(number) & bit) !== bit) return 0
  const match = matchHumps(words.texts[number] as string, lower, ask.lower, { fromFirst: !sure, singly: ask.initials })
  if (!match) return 0
  const { met, skipped, before, after } = match
  if (!sure && skipped > 0) return 0
  const cost = HUMP * Math.min(8, 2 * skipped + 2 * before + after) + (sure ? 0 : SMALL)
  const points =
    (met === ask.lower.length ? HUMP_INITIALS : HUMPS) - cost - LETTER * Math.min(LETTERS, Math.max(0, lower.length - 4 * ask.lower.length))
  return points < LEAST_HUMPS ? 0 : points
}

/** Scores the word `number`, which lacks one letter at most, as one that was asked for with one mistake. */
export function scoreTypo(words: Words, number: number, ask: Asked): number {
  if (!ask.typo) return 0
  const lower = words.lower[number] as string
  const match = matchTypo(lower, ask.typo)
  if (!match) return 0
  const more = LETTER * Math.min(LETTERS, Math.abs(lower.length - (match.to - match.from)))
  if (match.from === 0) {
    const sameCase = words.texts[number]?.[0] === ask.text[0] ? ask.sameCase : 0
    return (match.to === lower.length ? TYPO_WHOLE : TYPO_PREFIX) - more + sameCase
  }
  const atHump = isHumpStart(words.texts[number] as string, match.from) ? WHOLE_HUMPS : 0
  return TYPO_INSIDE - more + atHump
}
