/** The recordings of a page's walks, of which one has the panes. */
import type { Recording } from '../book/recording.ts'
import type { PageStep, PageWalk } from './page-walks.ts'
import { PlayerBar } from './player-bar.ts'
import { RecordedMode, type RecordedPage } from './recorded-mode.ts'

export class RecordedWalks {
  readonly #modes: ReadonlyMap<PageWalk, RecordedMode>
  #now: RecordedMode
  #entered = false

  /** Loads what the recordings only name. Null when there is none of any walk of the page. */
  static async open(
    recording: Recording,
    walks: readonly PageWalk[],
    { bar, ...page }: Omit<RecordedPage, 'bar' | 'view'> & { bar: HTMLElement },
  ): Promise<RecordedWalks | null> {
    const shared = new PlayerBar(bar)
    const opened = await Promise.all(
      walks.map(async (of) => [of, await RecordedMode.open(recording, of.walk, { ...page, view: of.view, bar: shared })] as const),
    )
    const modes = new Map(opened.flatMap(([of, mode]) => (mode ? [[of, mode] as const] : [])))
    const [first] = modes.values()
    return first ? new RecordedWalks(modes, first) : null
  }

  private constructor(modes: ReadonlyMap<PageWalk, RecordedMode>, first: RecordedMode) {
    this.#modes = modes
    this.#now = first
  }

  /** Takes the panes over. */
  enter(): void {
    this.#entered = true
    this.#now.enter()
  }

  /** Gives the panes back. */
  leave(): void {
    this.#entered = false
    this.#now.leave()
  }

  /** Plays one step, of whichever walk. */
  play({ of, step }: PageStep): void {
    this.#choose(of)
    this.#now.play(step.id)
  }

  /** Stands at the end of a step, for whoever comes from a live session that ended there; null: before the first. */
  standAt(last: PageStep | null): void {
    if (last) this.#choose(last.of)
    this.#now.standAt(last?.step.id ?? null)
  }

  /** Goes to the beginning of a walk. */
  startOver(of: PageWalk): void {
    this.#choose(of)
    this.#now.player.pause()
    this.#now.player.seek(0)
  }

  #choose(of: PageWalk): void {
    const mode = this.#modes.get(of)
    if (!mode || mode === this.#now) return
    this.#now.leave()
    this.#now = mode
    if (this.#entered) mode.enter()
  }
}
