/** A source page with the reader's session: numbers that stop, the line where the server is halted, values, and the terminals at its foot. */
import type { Breakpoint, DebuggerEvent } from '../../../delve/state.ts'
import type { TerminalName } from '../../../protocol/messages.ts'
import { DebuggerModel, type VariablesEvent } from '../../debugger-model.ts'
import { element } from '../../element.ts'
import { type Bench, LiveMode } from '../../live-mode.ts'
import { PaneStates } from '../../pane-states.ts'
import { bareFunction, baseName } from '../../paths.ts'
import type { SessionPhase } from '../../session.ts'
import { type Action, SessionLine } from '../../session-line.ts'
import { TerminalPane } from '../../terminal-pane.ts'
import type { Control } from '../../workbench.ts'
import type { LineLook } from '../gutter.ts'
import type { LiveLines, SourcePage } from '../source-page.ts'
import { Dock } from './dock.ts'
import { valuesOfLines } from './line-values.ts'

export class LivePage implements LiveLines, Bench {
  readonly root: HTMLElement
  readonly model = new DebuggerModel()
  readonly panes: Readonly<Record<TerminalName, TerminalPane>>
  readonly source = { refuse: (file: string, line: number, why: string) => this.#refuse(file, line, why) }
  readonly variables = { expandWith: () => {} }
  control: Control | null = null
  readonly #page: SourcePage
  readonly #dock: Dock
  readonly #states: PaneStates
  readonly #live: LiveMode
  readonly #line: SessionLine
  #halted: number | null = null
  #seen: VariablesEvent | null = null
  #waiting: { resolve(): void; reject(why: Error): void }[] = []

  static async open(page: SourcePage): Promise<LivePage> {
    let live: LivePage | null = null
    const dock = await Dock.open(page.main, page.links.to('source/files/'), {
      pressing: () => page.gutter.dress(),
      resume: () => void live?.runOn(),
    })
    const terminal = (name: TerminalName) =>
      TerminalPane.open(name, dock.root.querySelector(`#${name}`) as HTMLElement, {
        input: (text) => live?.control?.input(name, text),
        resized: (columns, rows) => live?.control?.resized(name, columns, rows),
      })
    const [debuggerPane, shell] = await Promise.all([terminal('debugger'), terminal('shell')])
    live = new LivePage(page, dock, { debugger: debuggerPane, shell })
    return live
  }

  private constructor(page: SourcePage, dock: Dock, panes: Record<TerminalName, TerminalPane>) {
    this.#page = page
    this.#dock = dock
    this.root = dock.root
    this.panes = panes
    this.#states = new PaneStates(dock.root, this.model, panes)
    this.#line = new SessionLine(dock.root.querySelector('.session') as HTMLElement, (action) => this.#act(action), ['end', 'new'])
    this.#live = new LiveMode(this, { phase: (phase) => this.#phase(phase), changed: () => this.#showLine() })
    this.model.listen((event) => this.#hear(event))
  }

  /** Joins the session that this browser had. Resolves with whether it is still there. */
  async rejoin(): Promise<boolean> {
    if (this.#live.phase.is === 'live') return true
    const joined = this.#ready()
    await this.#live.rejoin()
    return await joined.then(
      () => true,
      () => false,
    )
  }

  /** Joins the session of this browser, or has one made. Resolves with which it was; rejects with what to tell the reader. */
  async begin(): Promise<'new' | 'found'> {
    if (this.#live.phase.is === 'live') return 'found'
    const joined = this.#ready()
    joined.catch(() => {})
    this.#line.show({ is: 'claiming', words: 'asking for one', seconds: 0 })
    try {
      const which = await this.#live.begin(null)
      await joined
      return which
    } catch (error) {
      this.#line.show({ is: 'ended', words: (error as Error).message })
      throw error
    }
  }

  /** Stops at a line, unless a breakpoint is there. */
  stopAt(line: number): void {
    if (!this.#breakpointAt(line)) this.control?.line(this.#page.data.file, line, null)
  }

  /** Lets a halted server run, after what was asked for before. */
  runOn(): Promise<void> {
    return this.#live.resume()
  }

  press(line: number): void {
    if (this.#dock.pressing === 'select') this.#page.select({ from: line, to: line })
    else this.control?.line(this.#page.data.file, line, this.#breakpointAt(line))
  }

  look(line: number): Partial<LineLook> {
    const breakpoint = this.#breakpointAt(line)
    const classes = [...(line === this.#halted ? ['halted'] : []), ...(breakpoint?.disabled ? ['disabled'] : [])]
    if (this.#dock.pressing === 'select') return { classes, pressed: breakpoint !== null }
    const label = breakpoint ? `Clear breakpoint ${breakpoint.name || breakpoint.id} at ${line}` : `Break at ${line}`
    return { classes, pressed: breakpoint !== null, label }
  }

  clear(): void {
    this.model.clear()
    this.#mark(null)
    this.#states.show()
  }

  #ready(): Promise<void> {
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }))
  }

  #settle(why?: Error): void {
    for (const { resolve, reject } of this.#waiting.splice(0)) {
      if (why) reject(why)
      else resolve()
    }
  }

  #phase(phase: SessionPhase): void {
    switch (phase.is) {
      case 'connecting':
        return
      case 'none':
        this.#settle(new Error('The session could not be joined.'))
        return
      case 'claiming':
        this.#line.show({ is: 'claiming', words: phase.what, seconds: phase.seconds })
        return
      case 'live':
        this.#page.live = this
        this.#live.enter()
        this.#page.gutter.dress()
        this.#showLine()
        this.#settle()
        return
      case 'reconnecting':
        this.#line.show({ is: 'reconnecting', attempt: phase.attempt, inSeconds: phase.inSeconds })
        return
      case 'lost':
        this.#over(phase.words)
        return
      case 'ended':
        this.#over(phase.ending.words)
    }
  }

  #over(words: string): void {
    this.#page.live = null
    this.#dock.mayContinue(false)
    this.clear()
    this.#page.gutter.dress()
    this.#line.show({ is: 'ended', words })
    this.#settle(new Error(words))
  }

  #act(action: Action): void {
    if (action === 'end') this.#live.send({ type: 'end' })
    // An ended session is left first; why there may be no other is said in the line.
    else void this.#live.end().then(() => this.begin().catch(() => {}))
  }

  #hear(event: DebuggerEvent): void {
    switch (event.type) {
      case 'target':
        this.#states.show()
        this.#dock.mayContinue(event.state.is === 'halted')
        this.#seen = null
        this.#follow()
        return
      case 'variables':
        this.#seen = event
        this.#values()
        return
      case 'breakpoints':
        this.#page.gutter.dress()
    }
  }

  /** Shows where the server is halted: the line, when it is in this file, or the way there. */
  #follow(): void {
    const { target } = this.model
    const at = target?.is === 'halted' ? target.at : null
    const here = at?.file === this.#page.data.file
    this.#mark(here && at ? at.line : null)
    if (at && here) this.#page.reveal(at.line)
    const href = at && !here ? this.#page.links.line(at.file, at.line) : null
    this.#dock.elsewhere(at && href ? { href, words: `Go to ${baseName(at.file)}:${at.line}` } : null)
  }

  #mark(line: number | null): void {
    const old = this.#halted
    this.#halted = line
    this.#page.notes.remove('val')
    this.#page.notes.remove('refused')
    this.#page.notes.wash('halted', line === null ? null : { from: line, to: line })
    this.#page.gutter.dress([old, line].filter((one) => one !== null))
  }

  #values(): void {
    const { notes, declared, text } = this.#page
    notes.remove('val')
    const { target } = this.model
    if (this.#halted === null || !this.#seen || target?.is !== 'halted') return
    // A closure may begin on the halted line without being entered: the debugger knows the function.
    const from = (declared.functionNamed(bareFunction(target.at.function)) ?? declared.functionAt(this.#halted))?.from ?? this.#halted
    for (const { line, values } of valuesOfLines({ from, at: this.#halted }, (one) => text.line(one), this.#seen)) {
      const words = values.flatMap(({ name, value }, at) => [`${at ? '  ' : ''}${name} = `, element('b', {}, value)])
      notes.append(line, element('span', { class: 'val' }, ...words))
    }
  }

  #refuse(file: string, line: number, why: string): void {
    if (file !== this.#page.data.file) return
    this.#page.notes.remove('refused')
    this.#page.notes.append(line, element('span', { class: 'refused', role: 'status' }, why))
  }

  #showLine(): void {
    if (this.#live.phase.is !== 'live') return
    const { target, since, viewers, refused } = this.#live
    this.#line.show({ is: 'live', target, since, viewers, refused })
  }

  #breakpointAt(line: number): Breakpoint | null {
    const { file } = this.#page.data
    return this.model.breakpoints.find(({ places }) => places.some((place) => place.file === file && place.line === line)) ?? null
  }
}
