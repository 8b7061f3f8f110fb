/** Estimates, quickly, how long lines of a terminal become when they are written down as text with escape sequences. */
import type headless from '@xterm/headless'

/** UTF-16 units of one change of colours or style, about. */
const CHANGE = 24

/** The cost of the lines `from` to `to` (exclusive) of a buffer, in UTF-16 units. */
export function linesCost(buffer: headless.IBuffer, from: number, to: number): number {
  const cell = buffer.getNullCell()
  let cost = 0
  for (let row = from; row < to; row += 1) {
    const line = buffer.getLine(row)
    let before = 0
    for (let column = 0; column < (line?.length ?? 0); column += 1) {
      line?.getCell(column, cell)
      const look = cell.getFgColor() * 31 + cell.getBgColor() + (cell.isBold() ? 1 << 25 : 0) + (cell.isInverse() ? 1 << 26 : 0)
      if (look !== before) cost += CHANGE
      before = look
    }
    cost += line?.translateToString(true).length ?? 0
  }
  return cost
}
