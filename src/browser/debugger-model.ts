/** What is known of the debugger, live or recorded, and who wants to hear of it. */
import type { Breakpoint, DebuggerEvent, TargetState } from '../delve/state.ts'

export type StackEvent = Extract<DebuggerEvent, { type: 'stack' }>
export type VariablesEvent = Extract<DebuggerEvent, { type: 'variables' }>

export class DebuggerModel {
  target: TargetState | null = null
  breakpoints: readonly Breakpoint[] = []
  #listeners = new Set<(event: DebuggerEvent) => void>()

  /** Takes an event in and passes it on, in the order of listening. */
  tell(event: DebuggerEvent): void {
    if (event.type === 'target') this.target = event.state
    if (event.type === 'breakpoints') this.breakpoints = event.breakpoints
    for (const listener of this.#listeners) listener(event)
  }

  /** Forgets all, as before the first event. */
  clear(): void {
    this.tell({ type: 'breakpoints', breakpoints: [] })
    this.target = null
  }

  listen(listener: (event: DebuggerEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
