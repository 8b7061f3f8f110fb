/** A snapshot shows in a fresh terminal what the screen shows. */
import headless from '@xterm/headless'
import { expect, test } from 'vitest'
import { Screen, type Snapshot } from '../../../src/relay/screen.ts'

interface Cell {
  text: string
  look: number[]
}

/** Everything that can be seen: cells with colours, and the cursor. */
function seen({ buffer: { active } }: headless.Terminal) {
  const cells = Array.from({ length: active.length }, (_, row): Cell[] => {
    const line = active.getLine(row)
    return Array.from({ length: line?.length ?? 0 }, (__, column) => {
      const cell = line?.getCell(column)
      const blank = !cell?.getChars()
      return {
        text: cell?.getChars() || ' ',
        look: [blank ? 0 : (cell?.getFgColor() ?? 0), cell?.getBgColor() ?? 0, blank ? 0 : (cell?.isBold() ?? 0), cell?.isInverse() ?? 0],
      }
    })
  })
  return { cells, cursor: [active.cursorX, active.cursorY], kind: active.type }
}

const write = (terminal: headless.Terminal, data: string | Uint8Array) => new Promise<void>((resolve) => terminal.write(data, resolve))

async function reference(bytes: Buffer, columns: number, rows: number): Promise<headless.Terminal> {
  const terminal = new headless.Terminal({ cols: columns, rows, scrollback: 1_000, allowProposedApi: true })
  await write(terminal, bytes)
  return terminal
}

const snapshotOf = (screen: Screen) => new Promise<Snapshot>((resolve) => screen.snapshot(resolve))

async function restored({ columns, rows, text, rest }: Snapshot, more: Buffer): Promise<headless.Terminal> {
  const terminal = await reference(Buffer.from(text), columns, rows)
  await write(terminal, rest)
  await write(terminal, more)
  return terminal
}

const outputs: [string, string][] = [
  ['a prompt', '(dlv) '],
  ['colours', '\u001b[1;32mgreen\u001b[0m \u001b[48;5;200mpink\u001b[38;2;1;2;3m dark\u001b[0m\r\n$ '],
  ['lines above the screen', Array.from({ length: 60 }, (_, line) => `line ${line}\r\n`).join('')],
  ['wrapped lines', `${'wrap '.repeat(60)}\r\n$ `],
  ['wide characters and a title', '\u001b]0;标题\u0007请求 😀 e\u0301\r\n$ '],
  ['an editor', 'shell\r\n\u001b[?1049h\u001b[H\u001b[2J~ edit\u001b[10;5Hmiddle\u001b[?1h\u001b[?2004h'],
  ['a place in the middle', 'one\r\ntwo\r\nthree\u001b[1;2H\u001b[31m'],
  ['an erased line', 'something\r\u001b[K\u001b[44m\u001b[K\r\n'],
]

test.each(outputs)('after %s, wherever it is cut', async (_name, text) => {
  const bytes = Buffer.from(text)
  const whole = seen(await reference(bytes, 40, 12))
  const step = Math.max(1, Math.floor(bytes.length / 16))
  for (let cut = 0; cut <= bytes.length; cut += step) {
    const screen = new Screen({ columns: 40, rows: 12, onAnswer: () => {} })
    screen.write(bytes.subarray(0, cut), () => {})
    const snapshot = await snapshotOf(screen)
    expect(seen(await restored(snapshot, bytes.subarray(cut))), `cut at ${cut}`).toEqual(whole)
    screen.close()
  }
})

test('modes a page needs come with the snapshot', async () => {
  const screen = new Screen({ columns: 40, rows: 12, onAnswer: () => {} })
  screen.write(Buffer.from('\u001b[?25l\u001b[?1000;1006h\u001b[?2004h\u001b[?1h'), () => {})
  const { text } = await snapshotOf(screen)
  for (const mode of ['\u001b[?25l', '\u001b[?1000h', '\u001b[?1006h', '\u001b[?2004h', '\u001b[?1h']) expect(text).toContain(mode)
  screen.write(Buffer.from('\u001bc'), () => {})
  expect((await snapshotOf(screen)).text).not.toContain('\u001b[?')
})

test('a snapshot is of the moment it was asked for', async () => {
  const screen = new Screen({ columns: 40, rows: 12, onAnswer: () => {} })
  screen.write(Buffer.from('before'), () => {})
  const snapshot = snapshotOf(screen)
  screen.write(Buffer.from('after'), () => {})
  screen.resize(20, 5)
  expect(await snapshot).toMatchObject({ columns: 40, rows: 12, text: 'before' })
  expect(await snapshotOf(screen)).toMatchObject({ columns: 20, rows: 5, text: 'beforeafter' })
})

test('a snapshot stays small, whatever is on the screen', async () => {
  const screen = new Screen({ columns: 500, rows: 300, onAnswer: () => {} })
  let cells = ''
  for (let cell = 0; cell < 150_000; cell += 1) cells += `\u001b[38;2;${cell % 256};${(cell >> 8) % 256};${cell % 7}m\u001b[48;2;${cell % 251};0;1m#`
  screen.write(Buffer.from(cells), () => {})
  const { text } = await snapshotOf(screen)
  expect(text.length).toBeLessThanOrEqual(524_288)
  expect(text).toContain('####')
})

test('a program that asks without end is answered a hundred times a second', async () => {
  let answers = 0
  const screen = new Screen({
    columns: 80,
    rows: 24,
    onAnswer: () => {
      answers += 1
    },
  })
  screen.write(Buffer.from('\u001b[c'.repeat(20_000)), () => {})
  const began = performance.now()
  await snapshotOf(screen)
  expect(answers).toBeLessThanOrEqual(100 * (2 + Math.floor((performance.now() - began) / 1000)))
})
