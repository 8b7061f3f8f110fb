/** One terminal of the reader that verify plays: a sandbox's terminal, and the screen on which a reader would see it. @xterm/headless was chosen because the page draws with the same code. */
import { setTimeout as delay } from 'node:timers/promises'
import xterm from '@xterm/headless'
import { cursorLine, cursorRow, textSince } from '../book/check/screen.ts'
import type { Program, Sandbox } from '../sandbox/sandbox.ts'

/** The size of recorded terminals, wide enough for Delve's lines at a stop. */
export const COLUMNS = 120
export const ROWS = 30
const SCROLLBACK = 5000

/** Milliseconds between two keys: a steady typist's pace, some ten times as fast, so that a recording shows a command being typed. */
export const TYPIST_MS = 20

export interface ReaderTerminal {
  readonly program: Program
  /** The line under the cursor. */
  line(): string
  /** Remembers the line under the cursor; the answer reads what is written from there on. */
  mark(): () => string
  /** Types `command` and Enter; resolves when Enter was sent. */
  type(command: string, signal: AbortSignal): Promise<void>
  close(): void
}

export interface OpenOptions {
  sandbox: Sandbox
  program: Program
  /** Milliseconds between two keys; at 0 a command comes in one go. */
  keyMilliseconds: number
  /** What it said, as it came, before the screen shows it. */
  onSaid: (text: string) => void
  /** The screen has changed. */
  onShown: () => void
}

/** Opens a terminal of the sandbox, `COLUMNS` by `ROWS`. */
export async function openReaderTerminal({ sandbox, program, keyMilliseconds, onSaid, onShown }: OpenOptions): Promise<ReaderTerminal> {
  const screen = new xterm.Terminal({ cols: COLUMNS, rows: ROWS, scrollback: SCROLLBACK, allowProposedApi: true })
  const decoder = new TextDecoder()
  // Output may come before `openTerminal` has answered.
  let early = 0
  let acknowledge = (bytes: number): void => {
    early += bytes
  }
  const terminal = await sandbox.openTerminal({
    program,
    columns: COLUMNS,
    rows: ROWS,
    onOutput: (bytes) => {
      const text = decoder.decode(bytes, { stream: true })
      if (text) onSaid(text)
      screen.write(text, () => {
        acknowledge(bytes.length)
        onShown()
      })
    },
  })
  acknowledge = (bytes) => terminal.acknowledge(bytes)
  if (early > 0) terminal.acknowledge(early)
  // What the screen answers to questions of the program (its size, where the cursor is) are keys, too.
  screen.onData((answer) => terminal.write(answer))
  return {
    program,
    line: () => cursorLine(screen.buffer.active),
    mark: () => {
      const { active } = screen.buffer
      const marker = screen.registerMarker(cursorRow(active) - (active.baseY + active.cursorY))
      return () => textSince(screen.buffer.active, marker?.line ?? 0)
    },
    type: async (command, signal) => {
      if (keyMilliseconds === 0) return terminal.write(`${command}\r`)
      for (const key of `${command}\r`) {
        await delay(keyMilliseconds, undefined, { signal })
        terminal.write(key)
      }
    },
    close: () => {
      terminal.close()
      screen.dispose()
    },
  }
}
