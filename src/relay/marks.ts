/** Keeps combining marks from piling up on one character: a terminal keeps all of them, without end. */
import { isAscii } from 'node:buffer'
import { openCharacter } from './unfinished.ts'

/** Marks on one character. Written languages need a handful. */
const MOST = 32
/** What xterm.js joins to the character before. */
const MARK = '[\\p{M}\\p{Cf}\\u06de\\u1160-\\u11ff]'
const TOO_MANY = new RegExp(`(${MARK}{${MOST}})${MARK}+`, 'gu')
const AT_END = new RegExp(`${MARK}{1,${MOST}}$`, 'u')

/** Makes a filter for one terminal's output. Half a character at the end is kept until the rest has come. */
export function limitMarks(): (bytes: Buffer) => Buffer {
  let half: Buffer = Buffer.alloc(0)
  /** The marks that the output ended in. */
  let before = ''
  return (now) => {
    // Nearly all output is ASCII, and goes on as it is.
    if (half.length === 0 && isAscii(now)) {
      if (now.length > 0) before = ''
      return now
    }
    const joined = Buffer.concat([half, now])
    const whole = joined.subarray(0, joined.length - openCharacter(joined).length)
    half = Buffer.from(joined.subarray(whole.length))
    const text = before + whole.toString()
    const limited = text.replace(TOO_MANY, '$1')
    const bytes = limited.length === text.length ? whole : Buffer.from(limited.slice(before.length))
    before = AT_END.exec(limited)?.[0] ?? ''
    return bytes
  }
}
