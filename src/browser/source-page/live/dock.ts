/** What a session adds to the foot of a source page: its line, and two terminals that are folded away until they are wanted. */

import type { TerminalName } from '../../../protocol/messages.ts'
import dockStyle from '../../../styles/dock.css?url'
import sessionStyle from '../../../styles/session.css?url'
import terminalStyle from '../../../styles/terminal.css?url'
import { element, required } from '../../element.ts'
import { stylesheet } from '../../stylesheet.ts'

const NAMES: Readonly<Record<TerminalName, string>> = { debugger: 'Debugger', shell: 'Shell' }

const narrow = matchMedia('(max-width: 799px)')

/** Whether pressing a line's number stops there or chooses the line. */
export type Pressing = 'stop' | 'select'

export interface DockEvents {
  /** Numbers do something else from now on. */
  pressing: () => void
  /** The halted server is to run. */
  resume: () => void
}

export class Dock {
  readonly root: HTMLElement
  /** `stop` until the reader asks for the other. */
  pressing: Pressing = 'stop'
  readonly #main: HTMLElement
  readonly #events: DockEvents

  /** Loads the styles and lays the dock under `main`. `sources` is the address of the folder `source/files`. */
  static async open(main: HTMLElement, sources: string, events: DockEvents): Promise<Dock> {
    await Promise.all([dockStyle, sessionStyle, terminalStyle].map(stylesheet))
    return new Dock(main, sources, events)
  }

  private constructor(main: HTMLElement, sources: string, events: DockEvents) {
    this.#main = main
    this.#events = events
    const session = element(
      'div',
      { class: 'session', 'data-line': 'claiming' },
      element('span', { class: 'what', role: 'status' }),
      element('a', { class: 'there btn words', hidden: true }),
      this.#resume(),
      this.#choice(),
      element('span', { class: 'panes' }, ...(['debugger', 'shell'] as const).map((name) => this.#toggle(name))),
      element('span', { class: 'end' }),
    )
    const terminals = (['debugger', 'shell'] as const).map(terminal)
    this.root = element(
      'section',
      { class: 'dock', 'aria-label': 'Your session', 'data-sources': sources },
      session,
      ...terminals,
      element('div', { class: 'look', hidden: true }),
    )
    main.after(this.root)
    // What is fixed to the window's foot must cover neither the last lines nor the ends of the columns beside them.
    new ResizeObserver(() => document.documentElement.style.setProperty('--under', `${this.root.offsetHeight}px`)).observe(this.root)
  }

  /** Shows or folds away a terminal. */
  toggle(name: TerminalName, on = this.#pane(name).hidden): void {
    // There the text would have no room beside both.
    if (on && narrow.matches) this.toggle(name === 'shell' ? 'debugger' : 'shell', false)
    this.#pane(name).hidden = !on
    required(this.root, `[data-pane="${name}"]`).setAttribute('aria-expanded', String(on))
  }

  /** Where the server is halted, when that is in another file: a link that goes there. */
  elsewhere(link: { href: string; words: string } | null): void {
    const there = required<HTMLAnchorElement>(this.root, '.there')
    there.hidden = link === null
    there.textContent = link?.words ?? ''
    if (link) there.href = link.href
    else there.removeAttribute('href')
  }

  /** Offers to let the server run, while it is halted. */
  mayContinue(halted: boolean): void {
    required(this.root, '.resume').hidden = !halted
  }

  #pane(name: TerminalName): HTMLElement {
    return required(this.root, `#${name}`)
  }

  #resume(): HTMLElement {
    const button = element('button', { type: 'button', class: 'btn resume', hidden: true, title: 'Types continue into the debugger' }, 'Continue')
    button.addEventListener('click', () => this.#events.resume())
    return button
  }

  #toggle(name: TerminalName): HTMLElement {
    const button = element(
      'button',
      { type: 'button', class: 'btn', 'data-pane': name, 'aria-expanded': 'false', 'aria-controls': name },
      NAMES[name],
    )
    button.addEventListener('click', () => this.toggle(name))
    return button
  }

  #choice(): HTMLElement {
    const group = element('span', { class: 'pressing', role: 'group', 'aria-label': 'A line’s number' })
    for (const [value, words] of [
      ['stop', 'Numbers stop'],
      ['select', 'select'],
    ] as const) {
      const button = element('button', { type: 'button', value, 'aria-pressed': String(value === 'stop') }, words)
      button.addEventListener('click', () => {
        this.pressing = value
        for (const other of group.children) other.setAttribute('aria-pressed', String(other === button))
        this.#main.toggleAttribute('data-live', value === 'stop')
        this.#events.pressing()
      })
      group.append(button)
    }
    this.#main.toggleAttribute('data-live', true)
    return group
  }
}

/** A terminal's frame, as on a chapter's page. */
function terminal(name: TerminalName): HTMLElement {
  const keys = element('span', { class: 'esc' }, element('kbd', {}, 'Esc'), ' ', element('kbd', {}, 'Esc'), ' leaves')
  const parts: HTMLElement[] = [
    element(
      'div',
      { class: 'term-head' },
      element('h2', {}, NAMES[name]),
      element('span', { class: 'state', 'data-is': 'none', hidden: true }),
      keys,
    ),
    element('div', { class: 'screen', role: 'region', 'aria-label': `${NAMES[name]} terminal` }),
    element('span', { class: 'after', tabindex: '-1' }),
  ]
  if (name === 'shell') {
    const why = ['It cannot answer while its server is halted. ', element('code', {}, 'continue'), ' in the debugger, and this line comes back.']
    parts.push(element('p', { class: 'hang', hidden: true }, ...why))
  }
  return element('section', { class: 'term', id: name, 'aria-label': NAMES[name], hidden: true }, ...parts)
}
