/** What verify found: promises kept, and for each that was not, what was promised, what came, and why that may be. */
import type { FaredStep } from './walk-run.ts'

/** Something to mend. `where` is `file:line`. */
export interface Problem {
  where: string
  what: string
  promised: string
  got: string
  why: string
}

export interface ChapterReport {
  id: string
  kept: number
  /** Promises that were broken, or never came to be tried. */
  broken: number
  seconds: number
  problems: Problem[]
}

export interface Report {
  kept: number
  broken: number
  chapters: ChapterReport[]
}

/** The problems of one step. */
export function problemsOf({ step, verdicts }: FaredStep, where: string): Problem[] {
  return verdicts.flatMap((verdict) =>
    verdict.is === 'broken'
      ? [{ where, what: `Step "${step.id}": ${step.type}`, promised: verdict.promised, got: verdict.got, why: verdict.why }]
      : [],
  )
}

/** The whole report as lines for a terminal. */
export function reportLines(report: Report): string[] {
  return [
    ...report.chapters.flatMap(({ problems }) => problems).flatMap(problemLines),
    ...report.chapters.map(({ id, kept, broken, seconds }) => `${id}: ${kept} of ${kept + broken} promises kept, ${seconds.toFixed(0)} s`),
    `${report.kept} of ${report.kept + report.broken} promises kept`,
  ]
}

function problemLines({ where, what, promised, got, why }: Problem): string[] {
  return [`${where}  ${what}`, `  promised: ${promised}`, `  got: ${got.split('\n').join('\n       ')}`, `  why: ${why}`, '']
}
