/** Collects DebuggerEvents and waits for the next one of a kind, so that no test sleeps. */
import type { DebuggerEvent, TargetState } from '../../src/delve/state.ts'

type Of<Type extends DebuggerEvent['type']> = Extract<DebuggerEvent, { type: Type }>

export class DebuggerEvents {
  readonly all: DebuggerEvent[] = []
  #read = 0
  #waiting: (() => void) | null = null

  readonly take = (event: DebuggerEvent) => {
    this.all.push(event)
    this.#waiting?.()
  }

  /** The next event for which `wanted` is true; those before it are passed over. */
  async until<E extends DebuggerEvent>(wanted: (event: DebuggerEvent) => event is E): Promise<E> {
    for (;;) {
      for (const event of this.all.slice(this.#read)) {
        this.#read++
        if (wanted(event)) return event
      }
      await new Promise<void>((resolve) => {
        this.#waiting = resolve
      })
    }
  }

  next<Type extends DebuggerEvent['type']>(type: Type): Promise<Of<Type>> {
    return this.until((event): event is Of<Type> => event.type === type)
  }

  /** The next target state of a kind. */
  async target<Is extends TargetState['is']>(is: Is): Promise<Extract<TargetState, { is: Is }>> {
    const event = await this.until((event): event is Of<'target'> => event.type === 'target' && event.state.is === is)
    return event.state as Extract<TargetState, { is: Is }>
  }
}
