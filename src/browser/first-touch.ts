/**
 * What a chapter loads before anyone touches it: a few lines that wait for the first touch and then fetch the rest, and show what the relay builds.
 */
import { showBuilding, unfoldBuilding } from './building-line.ts'
import type { Chapter } from './chapter.ts'
import { mayHaveSession } from './remembered-session.ts'
import { hasRelay, watchStatus } from './status.ts'

/** What only the whole script can answer. The words on the build unfold without it. */
const TOUCHABLE =
  '.step button, .step h3, .step .dot, .walk-head button, .work button:not(.build button), .work summary, .work .screen, .work input, .excerpt .no'

let loading = false
const touches: { kind: string; target: Element }[] = []

async function load(): Promise<void> {
  if (loading) return
  loading = true
  document.documentElement.dataset.loading = ''
  try {
    const { openChapter } = await import('./chapter.ts')
    const chapter = await openChapter()
    stop()
    again(chapter)
  } catch (error) {
    loading = false
    const what = document.querySelector('.session .what')
    if (what) what.textContent = `This part of the page could not be loaded: ${(error as Error).message}`
    const line = document.querySelector<HTMLElement>('.session')
    if (line) line.dataset.line = 'notice'
  } finally {
    delete document.documentElement.dataset.loading
  }
}

/** Does what the reader did while it was loading. */
function again(chapter: Chapter): void {
  for (const { kind, target } of touches) {
    if (kind === 'input') target.dispatchEvent(new Event('input', { bubbles: true }))
    if (kind !== 'click') continue
    // What stood still before has given way to what moves.
    if (target.isConnected) target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
    else chapter.click(target)
  }
}

function touch({ type, target }: Event): void {
  const touched = target instanceof Element ? target.closest(TOUCHABLE) : null
  if (!touched) return
  touches.push({ kind: type, target: touched })
  void load()
}

const KINDS = ['click', 'input', 'focusin'] as const
function stop(): void {
  for (const kind of KINDS) document.removeEventListener(kind, touch, true)
}
for (const kind of KINDS) document.addEventListener(kind, touch, true)

if (hasRelay()) {
  const line = document.querySelector<HTMLElement>('.session')
  if (line) {
    unfoldBuilding(line)
    watchStatus((status) => showBuilding(line, status))
  }
  // A reader who reloads in the middle of a walk comes back to it.
  if (mayHaveSession()) void load()
}
