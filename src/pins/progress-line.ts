/** Shows a build's progress on a terminal: a bar that stays in its line, or a line now and then where output is kept in a file. */
import type { BuildProgress } from './built.ts'

/** As much of a terminal's stream as is needed. */
export interface Output {
  isTTY?: boolean
  columns?: number
  write(text: string): unknown
}

/** Cells of the bar. */
const BAR = 24
/** Without a terminal, a line for each so much of the whole. */
const SHARE = 0.1

export interface ProgressLine {
  show(progress: BuildProgress): void
  /** Shows a stage that has no count of packages. */
  stage(what: string): void
  /** Takes the bar off the terminal, for other lines to be written. */
  clear(): void
}

/** Writes to `output` only; never ends it. */
export function progressLine(output: Output): ProgressLine {
  let told: string | undefined
  const show = (progress: BuildProgress) => {
    if (output.isTTY) {
      output.write(`\r\x1b[K${progressWords(progress, true).slice(0, (output.columns ?? 80) - 1)}`)
      return
    }
    const { what, done, all } = progress
    // A stage's own count of modules or files is no news here.
    const about = all === 0 ? /^(?:downloading|\D+)/.exec(what)?.[0] : String(Math.floor(done / all / SHARE))
    if (about !== told) output.write(`${progressWords(progress, false)}\n`)
    told = about
  }
  return {
    show,
    stage: (what) => show({ what, done: 0, all: 0, secondsLeft: null }),
    clear: () => {
      if (output.isTTY) output.write('\r\x1b[K')
    },
  }
}

/** One line: how far, how long, and what is being built. */
export function progressWords({ what, done, all, secondsLeft }: BuildProgress, bar: boolean): string {
  if (all === 0) return `Building: ${what}`
  const filled = Math.round((done / all) * BAR)
  const drawn = bar ? `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)} ` : ''
  return `Building ${drawn}${done} of ${all} packages${timeLeft(secondsLeft)}: ${what}`
}

function timeLeft(seconds: number | null): string {
  if (seconds === null) return ''
  return seconds < 60 ? `, ${seconds} s left` : `, about ${Math.ceil(seconds / 60)} min left`
}
