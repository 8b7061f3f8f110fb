/** The panes beside the text: source, variables, stack and two terminals. A recording and a live session drive the same ones. */
import type { Breakpoint, DebuggerEvent } from '../delve/state.ts'
import type { TerminalName } from '../protocol/messages.ts'
import { DebuggerModel, type VariablesEvent } from './debugger-model.ts'
import { required } from './element.ts'
import { valuesOf } from './line-values.ts'
import { PaneStates } from './pane-states.ts'
import { SourcePane, type SourceTexts } from './source-pane.ts'
import { StackView } from './stack.ts'
import { TerminalPane } from './terminal-pane.ts'
import { VariablesView } from './variables.ts'

/** Who answers to what a reader does in the panes. */
export interface Control {
  line(file: string, line: number, breakpoint: Breakpoint | null): void
  frame(frame: number): void
  input(terminal: TerminalName, text: string): void
  resized(terminal: TerminalName, columns: number, rows: number): void
}

export class Workbench {
  readonly root: HTMLElement
  readonly model = new DebuggerModel()
  readonly source: SourcePane
  readonly variables: VariablesView
  readonly stack: StackView
  readonly panes: Readonly<Record<TerminalName, TerminalPane>>
  /** Null while nobody drives: then nothing a reader does has an effect. */
  control: Control | null = null
  #states: PaneStates
  #seen: VariablesEvent | null = null

  /** Loads the terminals and takes the place of the page's static panes. */
  static async open(root: HTMLElement, texts: SourceTexts): Promise<Workbench> {
    let bench: Workbench | null = null
    const terminal = (name: TerminalName) =>
      TerminalPane.open(name, required(root, `#${name}`), {
        input: (text) => bench?.control?.input(name, text),
        resized: (columns, rows) => bench?.control?.resized(name, columns, rows),
      })
    const [debuggerPane, shell] = await Promise.all([terminal('debugger'), terminal('shell')])
    bench = new Workbench(root, texts, { debugger: debuggerPane, shell })
    return bench
  }

  private constructor(root: HTMLElement, texts: SourceTexts, panes: Record<TerminalName, TerminalPane>) {
    this.root = root
    this.panes = panes
    this.source = new SourcePane(required(root, '.src'), texts, (file, line, breakpoint) => this.control?.line(file, line, breakpoint))
    this.variables = new VariablesView({ arguments: required(root, '.arguments'), locals: required(root, '.locals') })
    this.stack = new StackView({ list: required(root, '.stack'), summary: required(root, '.stack-of') }, (frame) => this.control?.frame(frame))
    this.#states = new PaneStates(root, this.model, panes)
    this.model.listen((event) => this.#hear(event))
    // Static lines give way to real ones with the first event; until then they stay.
    new ResizeObserver(() => this.source.again()).observe(required(root, '.code'))
  }

  /** Forgets what was shown, before another drives. The source stays where it is until the next halt. */
  clear(): void {
    this.model.clear()
    this.variables.clear()
    this.stack.clear()
    this.#states.show()
  }

  #hear(event: DebuggerEvent): void {
    switch (event.type) {
      case 'target':
        this.#states.show()
        if (event.state.is !== 'halted') return
        this.stack.choose(event.state.frame)
        void this.source.show(event.state.at).then(() => this.#values())
        return
      case 'variables': {
        this.#seen = event
        const target = this.model.target
        this.variables.show(event, target?.is === 'halted' ? target.at.function : '')
        this.#values()
        return
      }
      case 'stack':
        this.stack.show(event)
        return
      case 'breakpoints':
        this.source.breakpoints(event.breakpoints)
    }
  }

  /** Short values at the end of the halted line. */
  #values(): void {
    const target = this.model.target
    if (target?.is !== 'halted' || !this.#seen || target.at.file !== this.source.file) return
    this.source.values(valuesOf(this.source.text(target.at.line), this.#seen))
  }
}
