/** Knows when a terminal waits for a command. */

/** The prompts of the two terminals: Delve's own, and the one the sandbox gives its shell. */
export const PROMPTS = { debugger: '(dlv) ', shell: '$ ' } as const

/** Whether the terminal whose cursor stands on `cursorLine` (see screen.ts) waits for a command with nothing typed yet. */
export function atPrompt(terminal: 'debugger' | 'shell', cursorLine: string): boolean {
  return cursorLine.endsWith(PROMPTS[terminal])
}
