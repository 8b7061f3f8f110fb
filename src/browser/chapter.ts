/** A chapter that a reader has touched: recorded or live, its steps, panes, map and session line in step with each other. */
import type { Recording } from '../book/recording.ts'
import type { Status } from '../protocol/messages.ts'
import { type Obstacle, obstacle } from './before-step.ts'
import { showBuilding, statusWords } from './building-line.ts'
import { type ChapterData, fetchChapterData } from './chapter-data.ts'
import { Dock, type PaneName } from './dock.ts'
import { required } from './element.ts'
import { Excerpts } from './excerpts.ts'
import { LiveMode } from './live-mode.ts'
import { LiveSteps } from './live-steps.ts'
import { type PageStep, type PageWalk, stepOf, walkOf, walksOf } from './page-walks.ts'
import { RecordedWalks } from './recorded-walks.ts'
import { mayHaveSession } from './remembered-session.ts'
import type { SessionPhase } from './session.ts'
import { type Action, SessionLine } from './session-line.ts'
import { SlimMap } from './slim-map.ts'
import { sourceTexts } from './source-texts.ts'
import { hasRelay, lastStatus, watchStatus } from './status.ts'
import { takeStops } from './stop-here.ts'
import { Workbench } from './workbench.ts'

let opened: Promise<Chapter> | null = null

/** The page's chapter, opened at the first call. Rejects when its data cannot be loaded. */
export function openChapter(): Promise<Chapter> {
  opened ??= Chapter.open(required(document, '.work'))
  return opened
}

export class Chapter {
  readonly #bench: Workbench
  readonly #walks: readonly PageWalk[]
  readonly #recorded: RecordedWalks | null
  readonly #live: LiveMode
  readonly #steps: LiveSteps
  readonly #line: SessionLine
  readonly #dock: Dock
  readonly #map: SlimMap
  readonly #excerpts: Excerpts
  #mode: 'recorded' | 'live' = 'recorded'
  /** The reader asked for the recording although live is possible. */
  #ratherRecorded = false
  #waiting: { resolve(): void; reject(why: Error): void } | null = null
  #going: Promise<boolean> | null = null
  /** Walks whose missing steps the reader wants to hear no more of, in this session. */
  readonly #alone = new Set<PageWalk>()

  static async open(work: HTMLElement): Promise<Chapter> {
    const data = await fetchChapterData(work.dataset.chapter ?? '')
    const texts = sourceTexts(work.dataset.sources ?? '')
    const [bench, recording] = await Promise.all([Workbench.open(work, texts), fetchRecording(data)])
    const walks = walksOf(data)
    let chapter: Chapter | null = null
    const recorded = recording
      ? await RecordedWalks.open(recording, walks, {
          bench,
          bar: required(work, '.session .player'),
          lines: texts.lines,
          needsLive: (words) => chapter?.notice(`${words} ${chapter.wayToLive()}`),
        })
      : null
    chapter = new Chapter(work, data, walks, bench, recorded)
    return chapter
  }

  private constructor(work: HTMLElement, data: ChapterData, walks: readonly PageWalk[], bench: Workbench, recorded: RecordedWalks | null) {
    this.#bench = bench
    this.#walks = walks
    this.#recorded = recorded
    this.#line = new SessionLine(required(work, '.session'), (action) => this.#act(action))
    this.#dock = new Dock(work)
    this.#map = new SlimMap(document.querySelector('.slim .map'), data.stages)
    this.#excerpts = new Excerpts(document, bench.model)
    this.#live = new LiveMode(bench, { phase: (phase) => this.#phase(phase), changed: () => this.#showLive() })
    this.#steps = new LiveSteps(walks, this.#live, {
      model: bench.model,
      panes: bench.panes,
      stops: data.stops,
      turns: this.#live.turns,
      send: (message) => this.#live.send(message),
    })
    bench.model.listen((event) => {
      this.#map.hear(event)
      if (event.type === 'target' && this.#mode === 'live') this.#steps.show()
      if (event.type === 'target' && event.state.is === 'halted') this.#dock.follow('source')
    })
    for (const { progress } of walks) progress.watch(() => this.#mode === 'live' && this.#steps.show())
    document.addEventListener('click', (event) => this.click(event.target as Element))
    takeStops(({ file, line }) => this.#stop(file, line))
    watchStatus((status) => this.#status(status))
    recorded?.enter()
    if (hasRelay() && mayHaveSession()) void this.#live.rejoin()
  }

  /** Says something in the session line, with a way back to the recording. */
  notice(words: string): void {
    this.#line.show({ is: 'notice', words })
  }

  /** How this page could go live, as a sentence. */
  wayToLive(): string {
    const status = lastStatus()
    if (!hasRelay()) return 'This copy of the book has none behind it: get the project and type npm start.'
    if (status?.is === 'live') return 'Switch to Live to have one.'
    if (status?.is === 'recorded') return `${status.why} ${status.fix}`
    return (status && statusWords(status)) ?? 'The relay has not said yet whether it has one.'
  }

  /** A reader clicked on `target`, wherever in the page. */
  click(target: Element): void {
    const at = <Found extends HTMLElement>(selector: string) => target.closest<Found>(selector)
    const either = at<HTMLButtonElement>('.either button')
    const pane = at('[data-open-pane]')
    const line = this.#excerpts.at(target)
    const step = stepOf(this.#walks, target)
    if (either) this.#switch(either.value === 'recorded' ? 'recorded' : 'live')
    else if (pane) this.#dock.open(pane.dataset.openPane as PaneName, pane)
    else if (at('.start-over')) void this.#startOver(walkOf(this.#walks, target))
    else if (step && at('[data-answer]')) void this.#answer(step, at('[data-answer]')?.dataset.answer === 'help')
    else if (step && at('.run')) void this.#run(step)
    else if (step && at('.to-here')) void this.#runTo(step)
    else if (step && at('h3, .dot') && this.#mode === 'recorded') this.#recorded?.play(step)
    else if (line) this.#bench.control?.line(line.file, line.line, line.breakpoint)
    else this.#stillLine(at('.no[data-file]'))
  }

  /** A line number of the source pane as served, which gives way to a real one. */
  #stillLine(number: HTMLElement | null): void {
    if (number) this.#bench.control?.line(number.dataset.file ?? '', Number(number.dataset.line), null)
  }

  /** Types the command for a breakpoint at a line, if there is a session to type it into. */
  #stop(file: string, line: number): boolean {
    if (this.#mode !== 'live' || this.#live.phase.is !== 'live') return false
    this.#dock.follow('debugger')
    this.#bench.control?.line(file, line, null)
    return true
  }

  #switch(to: 'recorded' | 'live'): void {
    this.#ratherRecorded = to === 'recorded'
    if (to === 'recorded') this.#toRecorded()
    else void this.#toLive()
  }

  get #couldGoLive(): boolean {
    return hasRelay() && !this.#ratherRecorded && lastStatus()?.is === 'live'
  }

  async #run(step: PageStep): Promise<void> {
    if (this.#mode === 'live' && step.of.progress.states.get(step.step.id)?.is === 'running') return this.#steps.stop()
    this.#dock.follow(step.step.terminal)
    if (!(await this.#ready(step))) return
    const inTheWay = this.#obstacle(step)
    if (inTheWay) this.#steps.ask(step, inTheWay)
    else await this.#steps.run(step)
  }

  async #runTo(step: PageStep): Promise<void> {
    if (!(await this.#ready(step))) return
    const inTheWay = this.#obstacle({ ...step, at: 0 })
    if (inTheWay) this.#steps.ask(step, inTheWay)
    else await this.#steps.runTo(step)
  }

  #obstacle({ of, at }: PageStep, others = of.progress.others()): Obstacle | null {
    const { phase, target } = this.#live
    const done = new Set(this.#alone.has(of) ? of.walk.steps.map(({ id }) => id) : of.progress.states.keys())
    return obstacle({ walk: of.walk, at, name: of.name, prepared: phase.is === 'live' ? phase.walk : null, done, others, target })
  }

  /** The reader chose what helps, or to go on all the same. */
  async #answer(step: PageStep, help: boolean): Promise<void> {
    const inTheWay = this.#obstacle(step)
    this.#steps.askNothing()
    switch (inTheWay?.is) {
      case 'other-sandbox':
      case 'used-sandbox': {
        if (help) await this.#live.end()
        else {
          const next = this.#obstacle(step, [])
          return next ? this.#steps.ask(step, next) : void (await this.#steps.run(step))
        }
        if (await this.#toLive(step.of)) await this.#steps.runTo(step)
        return
      }
      case 'steps-missing':
        if (help) return await this.#steps.runTo(step)
        this.#alone.add(step.of)
        break
      case 'server-halted':
        if (help) await this.#live.resume()
    }
    await this.#steps.run(step)
  }

  /** Resolves with whether a session is live, going live first if that can be had. If not, the recording plays `step`. */
  async #ready(step: PageStep): Promise<boolean> {
    if (this.#mode === 'live') return this.#live.phase.is === 'live'
    if (this.#couldGoLive) {
      if (await this.#toLive(step.of)) return true
    } else if (this.#line.line.is !== 'claiming') this.#line.show({ is: 'player' })
    // Why there is no session stays in the line while the recording plays.
    if (this.#mode === 'recorded') this.#recorded?.play(step)
    return false
  }

  /** Resolves with whether it came to that; if not, the session line says why. Who asks meanwhile gets the same answer. */
  #toLive(of: PageWalk | undefined = this.#walks[0]): Promise<boolean> {
    this.#going ??= this.#goLive(of?.walk.prepared ? of.name : null).finally(() => {
      this.#going = null
    })
    return this.#going
  }

  async #goLive(walk: string | null): Promise<boolean> {
    if (this.#live.phase.is === 'live') return true
    const status = lastStatus()
    if (!hasRelay() || status?.is !== 'live') {
      this.notice(status?.is === 'recorded' ? `Recorded only: ${this.wayToLive()}` : `No sandbox yet. ${this.wayToLive()}`)
      return false
    }
    try {
      this.#line.show({ is: 'claiming', words: 'asking for one', seconds: 0 })
      const live = new Promise<void>((resolve, reject) => {
        this.#waiting = { resolve, reject }
      })
      // When it cannot even be asked for, the error of asking says more.
      live.catch(() => {})
      if ((await this.#live.begin(walk)) === 'new') {
        this.#steps.clear()
        this.#alone.clear()
      }
      await live
      return true
    } catch (error) {
      if (!this.#ratherRecorded) this.notice((error as Error).message)
      return false
    } finally {
      this.#waiting = null
    }
  }

  #toRecorded(words?: string): void {
    const last = this.#mode === 'live' ? this.#steps.last : undefined
    this.#steps.stop()
    this.#live.leave()
    this.#mode = 'recorded'
    this.#recorded?.enter()
    if (last !== undefined) this.#recorded?.standAt(last)
    this.#line.show(words ? { is: 'notice', words } : { is: 'player' })
  }

  async #startOver(of: PageWalk | undefined = this.#steps.last?.of): Promise<void> {
    if (this.#mode === 'recorded') {
      if (of) this.#recorded?.startOver(of)
      return
    }
    await this.#live.end()
    this.#ratherRecorded = false
    await this.#toLive(of)
  }

  #act(action: Action): void {
    if (action === 'end') this.#live.send({ type: 'end' })
    else if (action === 'new') void this.#startOver()
    else if (action === 'player') this.#line.show({ is: 'player' })
    else {
      this.#ratherRecorded = true
      this.#toRecorded()
    }
  }

  #status(status: Status): void {
    showBuilding(required(document, '.session'), status)
  }

  #phase(phase: SessionPhase): void {
    switch (phase.is) {
      case 'connecting':
        return
      case 'none':
        this.#waiting?.reject(new Error('The session could not be joined.'))
        return
      case 'claiming':
        this.#line.show({ is: 'claiming', words: phase.what, seconds: phase.seconds })
        return
      case 'live':
        this.#enterLive()
        this.#waiting?.resolve()
        return
      case 'reconnecting':
        this.#steps.stop()
        this.#line.show({ is: 'reconnecting', attempt: phase.attempt, inSeconds: phase.inSeconds })
        return
      case 'lost':
        this.#waiting?.reject(new Error(phase.words))
        this.#toRecorded(phase.words)
        return
      case 'ended':
        this.#waiting?.reject(new Error(phase.ending.words))
        this.#steps.stop()
        this.#line.show({ is: 'ended', words: phase.ending.words })
    }
  }

  #enterLive(): void {
    this.#recorded?.leave()
    this.#mode = 'live'
    this.#map.clear()
    this.#live.enter()
    this.#steps.show()
    this.#showLive()
  }

  #showLive(): void {
    if (this.#mode !== 'live' || this.#live.phase.is !== 'live') return
    const { target, since, viewers, refused } = this.#live
    this.#line.show({ is: 'live', target, since, viewers, refused })
  }
}

async function fetchRecording({ recording }: ChapterData): Promise<Recording | null> {
  if (!recording) return null
  const answer = await fetch(recording)
  return answer.ok ? ((await answer.json()) as Recording) : null
}
