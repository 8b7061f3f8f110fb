/** Output in pieces. */
import { expect, test } from 'vitest'
import { Screen } from '../../../src/relay/screen.ts'

const ESC = '\u001b'

/** Writes `text` again and again for a second, and tells the longest turn of the event loop, in milliseconds of processor time. */
async function longestTurn(screen: Screen, text: string): Promise<number> {
  const began = performance.now()
  let last = process.cpuUsage()
  let longest = 0
  const clock = setInterval(() => {
    longest = Math.max(longest, process.cpuUsage(last).user / 1_000)
    last = process.cpuUsage()
  }, 1)
  while (performance.now() - began < 1_000) await new Promise<void>((resolve) => screen.write(Buffer.from(text), resolve))
  clearInterval(clock)
  return longest
}

const floods: [string, string][] = [
  ['billions of scrolled lines', `${ESC}[2147483647S${ESC}[2147483647T${ESC}[2147483647L${ESC}[2147483647M`],
  ['billions of tabs and repeats', `a${ESC}[2147483647b${ESC}[2147483647I${ESC}[2147483647Z`],
  ['a screen filled with E again and again', `${ESC}#8`],
  ['a reset after a reset', `${ESC}c`],
  ['marks on one character', '\u0301'],
]

test.each(floods)('%s do not keep the relay from others', async (_name, flood) => {
  const screen = new Screen({ columns: 200, rows: 100, onAnswer: () => {} })
  const turn = await longestTurn(screen, flood.repeat(Math.ceil(1_024 / flood.length)))
  screen.close()
  expect(turn).toBeLessThan(500)
})
