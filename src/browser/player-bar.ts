/** The player's controls in the session line: play, the scrubber with a station for each step, time, speed. */
import { icon, required } from './element.ts'
import { type Player, type PlayerState, SPEEDS } from './player.ts'
import type { Timeline } from './timeline.ts'

export class PlayerBar {
  readonly #root: HTMLElement
  readonly #timeline: Timeline
  readonly #range: HTMLInputElement
  readonly #stations: readonly HTMLElement[]
  #wasPlaying: boolean | null = null

  /** `root` is the `.player` of the session line, its stations laid when the site was built. */
  constructor(root: HTMLElement, timeline: Timeline) {
    this.#root = root
    this.#timeline = timeline
    this.#range = required(root, 'input')
    this.#stations = [...root.querySelectorAll<HTMLElement>('.scrub i')]
    this.#range.max = String(timeline.length)
    this.#range.step = '1'
  }

  /** Gives the controls to `player`. */
  control(player: Player): void {
    required(this.#root, '.play').addEventListener('click', () => (player.state.playing ? player.pause() : player.play()))
    this.#range.addEventListener('input', () => {
      player.pause()
      player.seek(Number(this.#range.value))
    })
    this.#range.addEventListener('keydown', (event) => {
      const { step } = player.state
      const to = {
        ArrowLeft: step - 1,
        ArrowDown: step - 1,
        ArrowRight: step + 1,
        ArrowUp: step + 1,
        Home: -1,
        End: this.#timeline.spans.length - 1,
      }[event.key]
      if (to === undefined) {
        if (event.key !== ' ') return
        event.preventDefault()
        if (player.state.playing) player.pause()
        else player.play()
        return
      }
      event.preventDefault()
      if (to < 0) {
        player.pause()
        player.seek(0)
      } else player.seekEnd(Math.min(to, this.#timeline.spans.length - 1))
    })
    required(this.#root, '.speed').addEventListener('click', () => {
      const at = SPEEDS.indexOf(player.state.speed)
      player.setSpeed(SPEEDS[(at + 1) % SPEEDS.length] ?? 1)
    })
  }

  show(state: PlayerState): void {
    const { at, length, step, playing, speed } = state
    const scrub = required(this.#root, '.scrub')
    // Before anything was played the session line has room for more urgent words.
    this.#root.toggleAttribute('data-played', playing || at > 0)
    scrub.style.setProperty('--done', `${(100 * at) / Math.max(1, length)}%`)
    for (const [index, station] of this.#stations.entries()) station.className = index < step ? 'past' : index === step ? 'here' : ''
    this.#range.value = String(at)
    const count = this.#timeline.spans.length
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
