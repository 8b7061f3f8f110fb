/** Lets a reader leave a terminal by keyboard: Escape twice. One Escape, like Tab, belongs to the program (WCAG 2.1.2). */
import type { Terminal } from '@xterm/xterm'

/** Two presses within this time leave (milliseconds). */
const TWICE = 600

/** Moves the focus to `after`, an element behind the terminal, when Escape is pressed twice. */
export function leaveByEscape(terminal: Terminal, after: HTMLElement): void {
  let last = Number.NEGATIVE_INFINITY
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.type !== 'keydown') return true
    const second = event.key === 'Escape' && event.timeStamp - last < TWICE
    last = event.key === 'Escape' && !second ? event.timeStamp : Number.NEGATIVE_INFINITY
    if (!second) return true
    // A sheet would close at the same key; the terminal is left first.
    event.stopPropagation()
    terminal.blur()
    after.focus()
    return false
  })
}
