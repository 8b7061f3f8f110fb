/** Reads plain text from an xterm.js buffer: what a reader sees, wrapped rows joined into the lines that were printed. */

/** The part of a row that is read; fits both `@xterm/xterm` and `@xterm/headless`. */
export interface ScreenRow {
  readonly isWrapped: boolean
  translateToString(trimRight?: boolean, startColumn?: number, endColumn?: number): string
}

/** The part of a buffer (`terminal.buffer.active`) that is read. */
export interface ScreenBuffer {
  readonly baseY: number
  readonly cursorX: number
  readonly cursorY: number
  getLine(row: number): ScreenRow | undefined
}

/** The row, counted from the top of the scrollback, on which the line under the cursor begins. A marker set there follows it as rows scroll out. */
export function cursorRow(buffer: ScreenBuffer): number {
  let row = buffer.baseY + buffer.cursorY
  while (row > 0 && buffer.getLine(row)?.isWrapped) row--
  return row
}

/** What is written from `row` (counted from the top of the scrollback) down to the cursor, lines parted by `\n`, blanks at line ends cut. */
export function textSince(buffer: ScreenBuffer, row: number): string {
  const lines: string[] = []
  for (let at = Math.max(0, row); at <= buffer.baseY + buffer.cursorY; at++) {
    const read = buffer.getLine(at)
    if (!read) break
    const wrapsOn = buffer.getLine(at + 1)?.isWrapped ?? false
    const text = read.translateToString(!wrapsOn)
    if (read.isWrapped && lines.length > 0) lines.push(lines.pop() + text)
    else lines.push(text)
  }
  return lines.map((line) => line.trimEnd()).join('\n')
}

/** The whole line under the cursor, with the blanks between its last letter and the cursor, so that a waiting prompt is `(dlv) ` and not `(dlv)`. */
export function cursorLine(buffer: ScreenBuffer): string {
  let text = ''
  const last = buffer.baseY + buffer.cursorY
  for (let row = cursorRow(buffer); row < last; row++) text += buffer.getLine(row)?.translateToString(false) ?? ''
  const row = buffer.getLine(last)
  if (!row) return text
  const written = row.translateToString(true)
  return text + (written.length >= buffer.cursorX ? written : row.translateToString(false, 0, buffer.cursorX))
}
