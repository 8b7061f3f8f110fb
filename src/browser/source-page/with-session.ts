/** Brings a session to a source page: the one this browser has, or, when a reader asks to stop at a line, a new one. What it takes is loaded then. */
import { mayHaveSession } from '../remembered-session.ts'
import { hasRelay, lastStatus, watchStatus } from '../status.ts'
import type { LivePage } from './live/live-page.ts'
import type { SourcePage } from './source-page.ts'

/** Marks an address that asks to stop at its line: written by search. */
const STOP = 'stop'

/** Does nothing where no relay serves the page. */
export function withSession(page: SourcePage): void {
  const wanted = takeMark()
  if (!hasRelay()) return
  let opening: Promise<LivePage> | null = null
  const open = () => {
    opening ??= import('./live/live-page.ts').then(({ LivePage: Page }) => Page.open(page))
    opening.catch(() => {
      opening = null
    })
    return opening
  }
  const stopAt = async (line: number) => {
    try {
      const live = await open()
      const made = !(mayHaveSession() && (await live.rejoin())) && (await live.begin()) === 'new'
      live.stopAt(line)
      // A new server stands at the debugger's prompt: whoever wants to be stopped somewhere wants it to run.
      if (made) await live.runOn()
    } catch (error) {
      page.heading.notice(`It cannot stop here: ${(error as Error).message}`)
    }
  }

  const offer = () => page.heading.stopWith('Stop here', (of) => void stopAt(page.stopLine(of)))
  watchStatus(({ is }) => is === 'live' && offer())
  if (mayHaveSession())
    void open().then(async (live) => {
      if (!(await live.rejoin())) return
      offer()
      if (wanted !== null) live.stopAt(wanted)
    })
  // Without a session only a reader of this very site may have one made by a link.
  else if (wanted !== null && cameFromHere()) whenLive(() => void stopAt(wanted))

  /** The line that the address asks to stop at. The mark is taken out of it, so that it counts once. */
  function takeMark(): number | null {
    const query = new URLSearchParams(location.search)
    if (!query.has(STOP)) return null
    query.delete(STOP)
    const rest = query.size > 0 ? `?${query}` : ''
    history.replaceState(history.state, '', `${location.pathname}${rest}${location.hash}`)
    return page.target?.from ?? null
  }
}

/** Whether a page of this site led here. The relay has browsers send no referrer; whether the page before was of this site they tell all the same. */
function cameFromHere(): boolean {
  return 'navigation' in window && (window.navigation.activation?.from ?? null) !== null
}

/** Calls `then` once the relay has sandboxes. */
function whenLive(then: () => void): void {
  if (lastStatus()?.is === 'live') {
    then()
    return
  }
  const stop = watchStatus(({ is }) => {
    if (is !== 'live') return
    // The first word may come while this is being said.
    queueMicrotask(() => stop())
    then()
  })
}
