/** Marks that pile up on one character. */
import headless from '@xterm/headless'
import { expect, test } from 'vitest'
import { limitMarks } from '../../../src/relay/marks.ts'

const ACUTE = '\u0301'
const through = (...chunks: (string | Buffer)[]) => {
  const limit = limitMarks()
  return Buffer.concat(chunks.map((chunk) => limit(Buffer.from(chunk as string)))).toString()
}

test('what people write goes through as it is, however it is cut', () => {
  const text = Buffer.from('plain é e\u0301 नमस्ते 请求 👩‍💻 ก็ \u001b[31m한국어\u001b[0m')
  for (let cut = 0; cut <= text.length; cut += 1) expect(through(text.subarray(0, cut), text.subarray(cut))).toBe(text.toString())
})

test('of a pile of marks 32 are kept, however it comes', () => {
  expect(through(`e${ACUTE.repeat(100)}x`)).toBe(`e${ACUTE.repeat(32)}x`)
  expect(through('e', ...Array.from({ length: 100 }, () => ACUTE), 'x')).toBe(`e${ACUTE.repeat(32)}x`)
  expect(through(`e${ACUTE.repeat(20)}`, `${ACUTE.repeat(20)}x${ACUTE.repeat(50)}`)).toBe(`e${ACUTE.repeat(32)}x${ACUTE.repeat(32)}`)
  const bytes = Buffer.from(`e${ACUTE.repeat(100)}x`)
  expect(through(...Array.from(bytes, (byte) => Buffer.from([byte])))).toBe(`e${ACUTE.repeat(32)}x`)
})

test('every character that a terminal joins to the one before is counted', async () => {
  const terminal = new headless.Terminal({ cols: 10, rows: 1_024, scrollback: 0, allowProposedApi: true })
  const missed: string[] = []
  for (let start = 0xa0; start < 0x20000; start += 0x400) {
    const codes = Array.from({ length: 0x400 }, (_, at) => start + at).filter((code) => code < 0xd800 || code >= 0xe000)
    await new Promise<void>((resolve) => terminal.write(`\u001bc${codes.map((code) => `e${String.fromCodePoint(code)}`).join('\r\n')}`, resolve))
    for (const [row, code] of codes.entries()) {
      const character = String.fromCodePoint(code)
      const joined = terminal.buffer.active.getLine(row)?.getCell(0)?.getChars() !== 'e'
      if (joined && through(`e${character.repeat(33)}`).length === 1 + 33 * character.length) missed.push(code.toString(16))
    }
  }
  expect(missed).toEqual([])
})
