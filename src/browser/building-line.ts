/** The relay's build in the session line. Small: it is there before the rest of the page's scripts. */
import type { Status } from '../protocol/messages.ts'

/** What a reader is told of `status` while a recording is shown; null when there is nothing to tell. */
export function statusWords(status: Status): string | null {
  switch (status.is) {
    case 'building':
      // Before the packages are counted there is nothing to count.
      if (status.all === 0) return `Building: ${status.what}`
      return `Building: ${count(status.done)} of ${count(status.all)} packages${timeLeft(status.secondsLeft)} · ${status.what}`
    case 'failed':
      return `The build failed: ${status.why} ${status.fix}`
    case 'recorded':
      return `Recorded only: ${status.why} ${status.fix}`
    case 'live':
      return null
  }
}

/** Shows or takes away the build in `line`, the `.session` of the page. */
export function showBuilding(line: HTMLElement, status: Status): void {
  const words = statusWords(status)
  line.dataset.build = words ? status.is : 'none'
  const what = line.querySelector('.build button')
  const lay = line.querySelector<HTMLElement>('.lay')
  if (!what || !lay) return
  what.textContent = words
  const share = status.is === 'building' && status.all > 0 ? (100 * status.done) / status.all : 0
  lay.setAttribute('aria-valuenow', String(Math.round(share)))
  lay.setAttribute('aria-valuetext', words ?? '')
  lay.querySelector<HTMLElement>('i')?.style.setProperty('inline-size', `${share}%`)
}

/** Lets a click on the words show them whole: they say what to do, and nobody can hover on a phone. */
export function unfoldBuilding(line: HTMLElement): void {
  const what = line.querySelector('.build button')
  what?.addEventListener('click', () => what.setAttribute('aria-expanded', String(line.toggleAttribute('data-unfolded'))))
}

function count(number: number): string {
  return number.toLocaleString('en')
}

function timeLeft(seconds: number | null): string {
  if (seconds === null) return ''
  return seconds < 90 ? `, about ${Math.max(1, Math.round(seconds))} s` : `, about ${Math.round(seconds / 60)} min`
}
