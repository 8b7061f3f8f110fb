/** Where there is no room for all panes: tabs, the dock's height, and the sheet of a phone. */
import { element, required } from './element.ts'

export type PaneName = 'source' | 'debugger' | 'shell'

const phone = matchMedia('(max-width: 639px)')
const narrow = matchMedia('(max-width: 1179px)')

export class Dock {
  readonly #work: HTMLElement
  readonly #scrim = element('div', { class: 'scrim', hidden: true })
  #from: HTMLElement | null = null

  constructor(work: HTMLElement) {
    this.#work = work
    work.before(this.#scrim)
    this.#scrim.addEventListener('click', () => this.close())
    for (const tab of this.#tabs)
      tab.addEventListener('click', () => (phone.matches && tab.value === this.#open ? this.close() : this.open(tab.value as PaneName, tab)))
    required(work, '.tabs').addEventListener('keydown', (event) => this.#alongTabs(event as KeyboardEvent))
    window.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && phone.matches && !event.defaultPrevented) this.close()
    })
    phone.addEventListener('change', () => this.#shade())
    this.#grip()
  }

  /** Shows a pane, if there is no room for all. `from` is where the focus returns to when a sheet is closed. */
  open(pane: PaneName, from: HTMLElement | null = null): void {
    if (!narrow.matches) return
    this.#from = from
    this.#work.dataset.open = pane
    for (const tab of this.#tabs) {
      tab.setAttribute('aria-selected', String(tab.value === pane))
      tab.tabIndex = tab.value === pane ? 0 : -1
    }
    this.#shade()
  }

  /** Shows a pane only where others would hide it and a sheet is not in the way of the text. */
  follow(pane: PaneName): void {
    if (!phone.matches || this.#open !== null) this.open(pane, this.#from)
  }

  close(): void {
    if (this.#open === null || !phone.matches) return
    this.#work.dataset.open = 'none'
    this.#shade()
    this.#from?.focus()
  }

  get #open(): string | null {
    const open = this.#work.dataset.open
    return open && open !== 'none' ? open : null
  }

  get #tabs(): HTMLButtonElement[] {
    return [...this.#work.querySelectorAll<HTMLButtonElement>('[role="tab"]')]
  }

  #shade(): void {
    this.#scrim.hidden = !(phone.matches && this.#open !== null)
  }

  #alongTabs(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const tabs = this.#tabs
    const at = tabs.indexOf(event.target as HTMLButtonElement)
    const to = step === undefined || at < 0 ? undefined : tabs[(at + step + tabs.length) % tabs.length]
    if (!to) return
    event.preventDefault()
    this.open(to.value as PaneName, to)
    to.focus()
  }

  /** The grip sets the dock's height, in hundredths of the window. */
  #grip(): void {
    const grip = required(this.#work, '.grip')
    const set = (share: number) => {
      const height = Math.round(Math.min(80, Math.max(20, share)))
      grip.setAttribute('aria-valuenow', String(height))
      document.documentElement.style.setProperty('--dock', `${height}dvh`)
    }
    grip.addEventListener('pointerdown', (event) => grip.setPointerCapture(event.pointerId))
    grip.addEventListener('pointermove', (event) => {
      if (grip.hasPointerCapture(event.pointerId)) set((100 * (innerHeight - event.clientY)) / innerHeight)
    })
    grip.addEventListener('keydown', (event) => {
      const step = { ArrowUp: 4, ArrowDown: -4 }[event.key]
      if (step === undefined) return
      event.preventDefault()
      set(Number(grip.getAttribute('aria-valuenow')) + step)
    })
  }
}
