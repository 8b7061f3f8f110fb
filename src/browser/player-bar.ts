/** The player's controls in the session line: play, the scrubber with a station for each step, time, speed. */
import { element, icon, required } from './element.ts'
import { type Player, type PlayerState, SPEEDS } from './player.ts'
import type { Timeline } from './timeline.ts'

export class PlayerBar {
  readonly #root: HTMLElement
  readonly #range: HTMLInputElement
  #now: { player: Player; timeline: Timeline; onUse: () => void } | null = null
  #stations: readonly HTMLElement[] = []
  #wasPlaying: boolean | null = null

  /** `root` is the `.player` of the session line. */
  constructor(root: HTMLElement) {
    this.#root = root
    this.#range = required(root, 'input')
    this.#range.step = '1'
    this.#listen()
  }

  /** The player that has the controls. */
  get player(): Player | null {
    return this.#now?.player ?? null
  }

  /** Gives the controls to `player`, and lays a station for each of its steps. `onUse` hears of every click on a control. */
  control(player: Player, timeline: Timeline, onUse: () => void): void {
    if (this.#now?.player === player) return
    this.#now = { player, timeline, onUse }
    this.#range.max = String(timeline.length)
    for (const station of this.#root.querySelectorAll('.scrub i')) station.remove()
    this.#stations = timeline.spans.map(({ to }) => {
      const station = element('i', {})
      station.style.setProperty('--x', `${((100 * to) / timeline.length).toFixed(1)}%`)
      return station
    })
    this.#range.before(...this.#stations)
  }

  #listen(): void {
    this.#root.addEventListener('click', () => this.#now?.onUse())
    required(this.#root, '.play').addEventListener('click', () => this.#toggle())
    this.#range.addEventListener('input', () => {
      this.player?.pause()
      this.player?.seek(Number(this.#range.value))
    })
    this.#range.addEventListener('keydown', (event) => {
      if (!this.#now) return
      const { player, timeline } = this.#now
      const { step } = player.state
      const to = {
        ArrowLeft: step - 1,
        ArrowDown: step - 1,
        ArrowRight: step + 1,
        ArrowUp: step + 1,
        Home: -1,
        End: timeline.spans.length - 1,
      }[event.key]
      if (to === undefined) {
        if (event.key !== ' ') return
        event.preventDefault()
        this.#toggle()
        return
      }
      event.preventDefault()
      if (to < 0) {
        player.pause()
        player.seek(0)
      } else player.seekEnd(Math.min(to, timeline.spans.length - 1))
    })
    required(this.#root, '.speed').addEventListener('click', () => {
      if (!this.player) return
      const at = SPEEDS.indexOf(this.player.state.speed)
      this.player.setSpeed(SPEEDS[(at + 1) % SPEEDS.length] ?? 1)
    })
  }

  #toggle(): void {
    if (this.player?.state.playing) this.player.pause()
    else this.player?.play()
  }

  show(state: PlayerState): void {
    const { at, length, step, playing, speed } = state
    const scrub = required(this.#root, '.scrub')
    // Before anything was played the session line has room for more urgent words.
    this.#root.toggleAttribute('data-played', playing || at > 0)
    scrub.style.setProperty('--done', `${(100 * at) / Math.max(1, length)}%`)
    for (const [index, station] of this.#stations.entries()) station.className = index < step ? 'past' : index === step ? 'here' : ''
    this.#range.value = String(at)
    const count = this.#stations.length
    const words = step < 0 ? `before step 1 of ${count}` : `step ${step + 1} of ${count}`
    this.#range.setAttribute('aria-valuetext', `${words}, ${clock(at)} of ${clock(length)}`)
    required(this.#root, '.step-of').textContent = words
    required(this.#root, '.now').textContent = clock(at)
    required(this.#root, '.length').textContent = clock(length)
    const faster = required(this.#root, '.speed')
    faster.textContent = `${speed}×`
    faster.setAttribute('aria-label', `Speed ${speed} times`)
    if (playing === this.#wasPlaying) return
    this.#wasPlaying = playing
    const button = required(this.#root, '.play')
    button.replaceChildren(icon(playing ? 'pause' : 'play'))
    button.setAttribute('aria-label', playing ? 'Pause' : 'Play')
  }
}

/** Milliseconds as `0:21`. */
export function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
