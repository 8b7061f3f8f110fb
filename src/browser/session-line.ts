/** The session line: how steps run, what the sandbox is doing, and what a reader can do about it. */
import type { TargetState } from '../delve/state.ts'
import { element, required } from './element.ts'
import { baseName } from './paths.ts'
import { clock } from './player-bar.ts'

/** What the line says. `player` shows the recording's controls, all others words. */
export type Line =
  | { is: 'player' }
  | { is: 'notice'; words: string }
  | { is: 'claiming'; words: string; seconds: number }
  | { is: 'live'; target: TargetState | null; since: number; viewers: number; refused: string | null }
  | { is: 'reconnecting'; attempt: number; inSeconds: number }
  | { is: 'ended'; words: string }

/** What a reader may ask for in the line. */
export type Action = 'end' | 'new' | 'recorded' | 'player'

const LABELS: Record<Action, string> = { end: 'End', new: 'New sandbox', recorded: 'Go on recorded', player: 'Back to the recording' }
const ALL = Object.keys(LABELS) as Action[]

export class SessionLine {
  readonly #root: HTMLElement
  readonly #what: HTMLElement
  readonly #end: HTMLElement
  readonly #onAction: (action: Action) => void
  readonly #offers: readonly Action[]
  #line: Line = { is: 'player' }
  #drawn = ''

  /** `offers` are the actions that this page has, where it has not all of them. */
  constructor(root: HTMLElement, onAction: (action: Action) => void, offers: readonly Action[] = ALL) {
    this.#offers = offers
    this.#root = root
    this.#what = required(root, '.what')
    this.#end = required(root, '.end')
    this.#onAction = onAction
    // Only words that name a time are drawn again each second.
    setInterval(() => {
      if (this.#line.is === 'live' && this.#line.target?.is === 'halted') this.#tick()
    }, 1000)
  }

  get line(): Line {
    return this.#line
  }

  show(line: Line): void {
    this.#line = line
    this.#root.dataset.line = line.is
    for (const button of document.querySelectorAll<HTMLButtonElement>('.either button')) {
      button.setAttribute('aria-pressed', String((button.value === 'recorded') === (line.is === 'player' || line.is === 'notice')))
    }
    const { words, mark, actions: all } = drawing(line)
    const actions = all.filter((action) => this.#offers.includes(action))
    this.#what.className = mark ? 'what state' : 'what'
    if (mark) this.#what.dataset.is = mark
    else delete this.#what.dataset.is
    this.#what.replaceChildren(...words)
    this.#what.title = this.#what.textContent ?? ''
    const drawn = `${line.is} ${actions.join(' ')}`
    if (drawn !== this.#drawn) this.#end.replaceChildren(...actions.map((action) => this.#button(action)))
    this.#drawn = drawn
    this.#tick()
  }

  #tick(): void {
    const time = this.#what.querySelector('time')
    if (time && this.#line.is === 'live') time.textContent = clock(Date.now() - this.#line.since)
  }

  #button(action: Action): HTMLElement {
    const button = element('button', { type: 'button', class: action === 'new' ? 'btn go' : 'btn words' }, LABELS[action])
    button.addEventListener('click', () => this.#onAction(action))
    return button
  }
}

interface Drawing {
  words: (Node | string)[]
  mark: 'halted' | 'running' | 'waits' | 'ended' | null
  actions: Action[]
}

function drawing(line: Line): Drawing {
  switch (line.is) {
    case 'player':
      return { words: [], mark: null, actions: [] }
    case 'notice':
      return { words: [line.words], mark: null, actions: ['player'] }
    case 'claiming':
      return {
        words: [`Waking a sandbox for you: ${line.words}${line.seconds >= 1 ? `, ${Math.round(line.seconds)} s` : ''}`],
        mark: 'waits',
        actions: ['recorded'],
      }
    case 'reconnecting':
      return {
        words: [`Reconnecting. Your server is still there. Try ${line.attempt}, in ${line.inSeconds} s`],
        mark: 'waits',
        actions: ['recorded'],
      }
    case 'ended':
      return { words: [line.words], mark: 'ended', actions: ['new', 'recorded'] }
    case 'live':
      return live(line)
  }
}

function live({ target, viewers, refused }: Extract<Line, { is: 'live' }>): Drawing {
  const beside = [refused ? ` · refused: ${refused}` : '', viewers > 1 ? ` · open in ${viewers} tabs, which type into the same terminals` : ''].join(
    '',
  )
  const actions: Action[] = ['end']
  if (!target) return { words: [`Your sandbox is ready${beside}`], mark: null, actions }
  if (target.is === 'running') return { words: [`running${beside}`], mark: 'running', actions }
  if (target.is === 'exited') return { words: [`The API server has ended: ${target.why}${beside}`], mark: 'ended', actions: ['new', 'recorded'] }
  const at = element('b', {}, `${baseName(target.at.file)}:${target.at.line}`)
  return { words: ['halted at ', at, ', ', element('time'), beside], mark: 'halted', actions }
}
