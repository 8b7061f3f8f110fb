/** Tells a terminal's answers to a program's questions from what a reader typed. */

const ESC = '\u001b'
const END = `(?:${ESC}\\\\|\u0007)`

/** The answers xterm.js gives: attributes, status, cursor place, modes, version, settings, colours, window size. */
const ANSWER = new RegExp(
  `^(?:${[
    `${ESC}\\[[?>=]?[\\d;]*c`,
    `${ESC}\\[\\??[\\d;]*n`,
    `${ESC}\\[\\??\\d+;\\d+(?:;\\d+)?R`,
    `${ESC}\\[\\??[\\d;]*\\$y`,
    `${ESC}\\[\\??\\d*u`,
    `${ESC}\\[[4-9];\\d+;\\d+t`,
    `${ESC}P(?:[01]\\$r|>\\|)[^${ESC}]*${ESC}\\\\`,
    `${ESC}\\](?:4;\\d+|1[0-2]);rgb:[\\da-fA-F/]*${END}`,
  ].join('|')})+$`,
)

/** Whether `text` is nothing but answers. xterm.js hands each one over by itself, never among keys. */
export function isAnswer(text: string): boolean {
  return text.startsWith(ESC) && ANSWER.test(text)
}
