/** A terminal's colours, taken from the page's tokens so that both themes and a reader's own choice hold. */
import type { ITheme } from '@xterm/xterm'

/** Which token each colour of a terminal is. */
const TOKENS = {
  background: '--surface',
  foreground: '--ink',
  cursor: '--ink',
  cursorAccent: '--surface',
  selectionBackground: '--track',
  scrollbarSliderBackground: '--track',
  scrollbarSliderHoverBackground: '--edge',
  scrollbarSliderActiveBackground: '--edge',
  black: '--ink',
  red: '--red',
  green: '--green',
  yellow: '--amber-ink',
  blue: '--go-func',
  magenta: '--go-keyword',
  cyan: '--go-type',
  white: '--ink-2',
  brightBlack: '--ink-3',
  brightRed: '--red',
  brightGreen: '--green',
  brightYellow: '--amber-ink',
  brightBlue: '--go-func',
  brightMagenta: '--go-keyword',
  brightCyan: '--go-type',
  brightWhite: '--ink',
} as const satisfies Partial<Record<keyof ITheme, string>>

/** The theme as it is now, resolved inside `root`. */
export function terminalTheme(root: HTMLElement): ITheme {
  // A custom property keeps its `light-dark()` unresolved; a colour that uses it does not.
  const probe = document.createElement('span')
  root.append(probe)
  const theme: ITheme = {}
  for (const [name, token] of Object.entries(TOKENS)) {
    probe.style.color = `var(${token})`
    theme[name as keyof typeof TOKENS] = hex(getComputedStyle(probe).color)
  }
  probe.remove()
  return theme
}

/** Calls `listener` whenever the theme may have changed. Returns how to stop. */
export function watchTheme(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const chosen = new MutationObserver(listener)
  system.addEventListener('change', listener)
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => {
    system.removeEventListener('change', listener)
    chosen.disconnect()
  }
}

/** `rgb(36, 64, 200)` as `#2440c8`, which is what xterm.js reads. */
function hex(colour: string): string {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number)
  return `#${[red, green, blue].map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
}
