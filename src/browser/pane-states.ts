/** What stands beside the names of the panes: halted, running, waiting and why. */
import type { TargetState } from '../delve/state.ts'
import type { TerminalName } from '../protocol/messages.ts'
import type { DebuggerModel } from './debugger-model.ts'
import { required } from './element.ts'
import type { TerminalPane } from './terminal-pane.ts'

type Mark = 'halted' | 'running' | 'waits' | 'ended' | 'none'

/** Milliseconds that a running target is not shown as such: a step is over sooner, and taking everything away and back takes longer than the step. */
const STEP = 150

export class PaneStates {
  readonly #model: DebuggerModel
  readonly #panes: Readonly<Record<TerminalName, TerminalPane>>
  readonly #debugger: HTMLElement
  readonly #shell: HTMLElement
  readonly #hang: HTMLElement
  readonly #look: HTMLElement
  #drawn: TargetState['is'] | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(root: HTMLElement, model: DebuggerModel, panes: Readonly<Record<TerminalName, TerminalPane>>) {
    this.#model = model
    this.#panes = panes
    this.#debugger = required(root, '#debugger .state')
    this.#shell = required(root, '#shell .state')
    this.#hang = required(root, '#shell .hang')
    this.#look = required(root, '.look')
    panes.shell.onOutput(() => this.show())
  }

  show(): void {
    if (this.#model.target?.is === 'running' && this.#drawn === 'halted') {
      this.#timer ??= setTimeout(() => this.#draw(), STEP)
      return
    }
    this.#draw()
  }

  #draw(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const target = this.#model.target
    this.#drawn = target?.is ?? null
    // The map, the steps and the panes all look different while the server runs.
    document.body.dataset.mode = target?.is ?? 'unknown'
    const busy = this.#panes.shell.prompt === 'busy'
    const waits = busy && target?.is === 'halted'
    switch (target?.is) {
      case 'halted':
        say(this.#debugger, 'halted', target.breakpoint ? `halted at breakpoint ${target.breakpoint}` : 'halted')
        break
      case 'running':
        say(this.#debugger, 'running', 'running, no prompt until a stop')
        break
      case 'exited':
        say(this.#debugger, 'ended', 'the server has ended')
        break
      default:
        say(this.#debugger, 'none', '')
    }
    if (waits) say(this.#shell, 'waits', 'waits: the server is halted')
    else if (busy && target?.is === 'running') say(this.#shell, 'running', 'running')
    else say(this.#shell, 'none', '')
    this.#hang.hidden = !waits
    this.#look.dataset.words =
      target?.is === 'running'
        ? 'The server runs. Variables and the stack are there again when it halts.'
        : target?.is === 'exited'
          ? 'The server has ended.'
          : 'Variables and the stack are here when the server halts.'
  }
}

function say(where: HTMLElement, mark: Mark, words: string): void {
  if (where.textContent === words && where.dataset.is === mark) return
  where.dataset.is = mark
  where.textContent = words
  where.hidden = mark === 'none'
}
