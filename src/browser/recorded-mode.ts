/** A walk played from its recording, in the same panes and steps as a live one. */
import type { RecordedEvent, Recording } from '../book/recording.ts'
import type { ChapterWalk } from './chapter-data.ts'
import { listing } from './listing.ts'
import { baseName } from './paths.ts'
import { Player, type PlayerState } from './player.ts'
import type { PlayerBar } from './player-bar.ts'
import type { StepState } from './step-view.ts'
import { posterAt, type RecordedWalk, type Timeline, timelineOf, tookAfterEnter } from './timeline.ts'
import type { WalkView } from './walk-view.ts'
import type { Workbench } from './workbench.ts'

/** What a recorded walk needs of the page. */
export interface RecordedPage {
  bench: Workbench
  view: WalkView
  /** The controls, shared with the other walks of the page. */
  bar: PlayerBar
  /** Plain lines of a pinned file. */
  lines(file: string): Promise<readonly string[]>
  /** A reader wants what only a live session can do; `words` says what. */
  needsLive(words: string): void
}

export class RecordedMode {
  readonly walk: ChapterWalk
  readonly player: Player
  readonly #page: RecordedPage
  readonly #recorded: RecordedWalk
  readonly #timeline: Timeline
  #shown = ''
  /** Play was pressed, not Run on a step that the reader is looking at. */
  #following = true

  /** Loads what the recording only names, the lines of source that a terminal printed. */
  static async open(recording: Recording, walk: ChapterWalk, page: RecordedPage): Promise<RecordedMode | null> {
    const recorded = recording.walks.find((one) => one.id === walk.id)
    if (!recorded) return null
    const printed = await printedLines(recorded, page.lines)
    return new RecordedMode(recording, recorded, walk, page, printed)
  }

  private constructor(
    recording: Recording,
    recorded: RecordedWalk,
    walk: ChapterWalk,
    page: RecordedPage,
    printed: ReadonlyMap<string, readonly string[]>,
  ) {
    this.walk = walk
    this.#page = page
    this.#recorded = recorded
    this.#timeline = timelineOf(recorded)
    const stage = {
      clear: () => {
        page.bench.clear()
        for (const pane of Object.values(page.bench.panes)) void pane.reset()
      },
      says: (terminal: 'debugger' | 'shell', text: string) => void page.bench.panes[terminal].writeAt(recording.columns, text),
      debugger: page.bench.model.tell.bind(page.bench.model),
    }
    this.player = new Player(
      this.#timeline,
      stage,
      ({ event }) => textOf(event, printed),
      (state) => this.#show(state),
    )
  }

  /** Takes the panes over. */
  enter(): void {
    const { bench, bar, needsLive } = this.#page
    for (const pane of Object.values(bench.panes)) {
      pane.acceptInput(false)
      pane.fit()
    }
    bench.variables.expandWith(null)
    bench.control = {
      line: (file, line) => needsLive(`A breakpoint at ${baseName(file)}:${line} needs a server of your own.`),
      frame: () => needsLive('Going to another frame needs a server of your own.'),
      input: () => {},
      resized: () => {},
    }
    bar.control(this.player, this.#timeline, () => {
      this.#following = true
    })
    this.#shown = ''
    const { at } = this.player.state
    if (at > 0) this.player.seek(at)
    else this.player.poster(posterAt(this.#timeline))
  }

  /** Gives the panes back. */
  leave(): void {
    this.player.pause()
    this.#page.bench.control = null
  }

  /** Plays one step, or stops when it is the one that plays; readers who asked for less motion see its end at once. */
  play(step: string): void {
    const at = this.walk.steps.findIndex((one) => one.id === step)
    const { playing, over, step: now } = this.player.state
    if (playing && now === at && !over) this.player.pause()
    else if (matchMedia('(prefers-reduced-motion: reduce)').matches) this.player.seekEnd(at)
    else {
      this.#following = false
      this.player.playStep(at)
    }
  }

  /** Stands at the end of a step, for whoever comes from a live session that ended there; null: before the first. */
  standAt(step: string | null): void {
    const at = this.walk.steps.findIndex((one) => one.id === step)
    if (at < 0) this.player.seek(0)
    else this.player.seekEnd(at)
  }

  #show(state: PlayerState): void {
    if (this.#page.bar.player === this.player) this.#page.bar.show(state)
    const shown = `${state.step} ${state.over} ${state.playing}`
    if (shown === this.#shown) return
    this.#shown = shown
    this.#page.view.show(this.#states(state))
    // While it plays on, the text keeps up with it.
    const now = state.playing && this.#following ? this.walk.steps[state.step] : undefined
    if (now) this.#page.view.reveal(now.id)
  }

  #states({ step, over, playing }: PlayerState): Map<string, StepState> {
    const states = new Map<string, StepState>()
    const halts = this.#recorded.steps.map(({ events }) =>
      events.flatMap((event) => ('debugger' in event && event.debugger.type === 'target' ? [event.debugger.state] : [])),
    )
    // The step that halted the target keeps the mark until the target runs again.
    const last = halts.slice(0, over ? step + 1 : step).findLastIndex((each) => each.length > 0)
    const now = halts[last]?.at(-1)
    for (const [at, each] of this.walk.steps.entries()) {
      if (at > step) break
      if (at === step && !over) {
        if (playing) states.set(each.id, { is: 'running', words: '' })
      } else {
        const place = at === last && now?.is === 'halted' ? `${baseName(now.at.file)}:${now.at.line}` : null
        const recorded = this.#recorded.steps[at]
        states.set(each.id, { is: 'kept', seconds: recorded ? tookAfterEnter(recorded, each.terminal) / 1000 : 0, place })
      }
    }
    return states
  }
}

function textOf(event: RecordedEvent, printed: ReadonlyMap<string, readonly string[]>): string {
  if ('says' in event) return event.says
  return 'lists' in event ? listing(printed.get(event.lists.file) ?? [], event.lists) : ''
}

/** The lines of every file that a terminal printed in the recording. */
async function printedLines(recorded: RecordedWalk, lines: RecordedPage['lines']): Promise<Map<string, readonly string[]>> {
  const events = [...recorded.before, ...recorded.steps.flatMap((step) => step.events)]
  const files = new Set(events.flatMap((event) => ('lists' in event ? [event.lists.file] : [])))
  return new Map(await Promise.all([...files].map(async (file) => [file, await lines(file)] as const)))
}
