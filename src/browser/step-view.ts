/** One step of a walk in the text: its state, and what came of it. */
import type { Verdict } from '../book/check/promise.ts'
import { element, icon, required } from './element.ts'

/** How a step stands. `words` says what is waited for; `place` is where the target halts because of it, while it does. */
export type StepState =
  | { is: 'ahead' }
  | { is: 'next' }
  /** Something is in the way: what, and what the two buttons do; the second is left out when it makes no sense. */
  | { is: 'asks'; words: string; help: string; allTheSame: string | null }
  | { is: 'running'; words: string }
  | { is: 'kept'; seconds: number; place: string | null }
  | { is: 'differs'; verdicts: readonly Verdict[] }

type Shown = 'ahead' | 'next' | 'running' | 'passed' | 'here' | 'differs'

const SPOKEN: Record<Shown, string> = {
  ahead: 'not yet run: ',
  next: 'next: ',
  running: 'running: ',
  passed: 'passed: ',
  here: 'halted here: ',
  differs: 'differs: ',
}
const BUTTON: Record<Shown, string> = { ahead: 'Run', next: 'Run', running: 'Stop', passed: 'Again', here: 'Again', differs: 'Again' }

export class StepView {
  readonly root: HTMLElement
  readonly id: string
  #drawn = ''

  constructor(root: HTMLElement) {
    this.root = root
    this.id = root.dataset.step ?? ''
  }

  show(state: StepState): void {
    const drawn = JSON.stringify(state)
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    const shown: Shown = state.is === 'kept' ? (state.place ? 'here' : 'passed') : state.is === 'asks' ? 'next' : state.is
    this.root.dataset.state = shown
    required(this.root, '.spoken-state').textContent = SPOKEN[shown]
    required(this.root, '.dot').replaceChildren(...dot(shown))
    this.#button(shown)
    this.#outcome(state)
    const toHere = this.root.querySelector<HTMLElement>('.to-here')
    if (toHere) toHere.hidden = shown !== 'ahead' && shown !== 'differs'
    const showLine = this.root.querySelector<HTMLElement>('.show-line')
    if (showLine) showLine.hidden = shown !== 'here'
  }

  #button(shown: Shown): void {
    const button = required(this.root, '.run')
    button.className = `btn run ${shown === 'next' ? 'go' : shown === 'passed' || shown === 'here' || shown === 'differs' ? 'words' : ''}`.trim()
    const words = BUTTON[shown]
    const of = button.querySelector('.hush') ?? ''
    if (shown === 'next' || shown === 'ahead') button.replaceChildren(icon('play'), words, of)
    else button.replaceChildren(words, of)
  }

  #outcome(state: StepState): void {
    const outcome = required(this.root, '.outcome')
    for (const marked of this.root.querySelectorAll('.said .want')) marked.replaceWith(...marked.childNodes)
    switch (state.is) {
      case 'ahead':
      case 'next':
        outcome.replaceChildren()
        return
      case 'asks':
        outcome.replaceChildren(question(state))
        return
      case 'running':
        outcome.replaceChildren(...(state.words ? [element('p', { class: 'state', 'data-is': 'waits' }, state.words)] : []))
        return
      case 'kept': {
        const got = element(
          'p',
          { class: 'got' },
          element('span', { class: 'term-of' }, 'Got'),
          element('span', { class: 'ok' }, icon('tick'), `as promised, ${seconds(state.seconds)}`),
        )
        const halted = state.place ? [element('p', { class: 'state', 'data-is': 'halted' }, 'halted at ', element('b', {}, state.place))] : []
        outcome.replaceChildren(got, ...halted)
        return
      }
      case 'differs':
        outcome.replaceChildren(...this.#difference(state.verdicts))
    }
  }

  #difference(verdicts: readonly Verdict[]): HTMLElement[] {
    const promises = [...this.root.querySelectorAll<HTMLElement>('.said dd')]
    const parts: HTMLElement[] = []
    const whys = new Set<string>()
    for (const [at, verdict] of verdicts.entries()) {
      if (verdict.is === 'kept') continue
      const promise = promises[at]
      promise?.replaceChildren(element('mark', { class: 'want' }, ...promise.childNodes))
      parts.push(element('p', { class: 'got' }, element('span', { class: 'term-of' }, 'Got'), element('mark', {}, verdict.got)))
      whys.add(verdict.why)
    }
    for (const why of whys) parts.push(element('div', { class: 'why' }, element('p', {}, ...coded(why))))
    return parts
  }
}

/** What is in the way, with a button for what helps and one for going on all the same. */
function question({ words, help, allTheSame }: Extract<StepState, { is: 'asks' }>): HTMLElement {
  const buttons = [element('button', { type: 'button', class: 'btn', 'data-answer': 'help' }, help)]
  if (allTheSame) buttons.push(element('button', { type: 'button', class: 'btn words', 'data-answer': 'all-the-same' }, allTheSame))
  return element('div', { class: 'asks' }, element('p', {}, words), element('p', { class: 'answers' }, ...buttons))
}

/** Seconds as a person says them. */
function seconds(value: number): string {
  if (value < 0.01) return 'at once'
  return `${value < 10 ? value.toFixed(2) : Math.round(value)} s`
}

function dot(shown: Shown): Node[] {
  if (shown === 'passed') return [icon('tick')]
  if (shown === 'differs') return [icon('not')]
  return shown === 'here' ? [icon('pause')] : []
}

/** Text in which `code` stands between backticks. */
function coded(words: string): (Node | string)[] {
  return words.split('`').map((part, at) => (at % 2 ? element('code', {}, part) : part))
}
