/** Takes from a terminal's parser what a program could tie up or fill the relay with. xterm.js was made for one reader's own machine. */
import type headless from '@xterm/headless'

/** Repeats beyond any screen; xterm.js carries out every one of them, up to 2,147,483,647. */
const MOST_REPEATS = 1_000
/** The sequences that repeat: tabs, insert and delete lines, scroll, back tabs, repeat a character. */
const REPEATING = ['I', 'L', 'M', 'S', 'T', 'Z', 'b']
/** Hyperlinks: each is kept as long as its line, and lines can be written over for ever. Snapshots hold none. */
const HYPERLINK = 8

export function guardParser({ parser }: headless.Terminal): void {
  for (const final of REPEATING) {
    parser.registerCsiHandler({ final }, (parameters) => parameters.flat().some((parameter) => parameter > MOST_REPEATS))
  }
  parser.registerOscHandler(HYPERLINK, () => true)
}
