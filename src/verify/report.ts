/** What verify found, in words for a terminal. */
import type { Problem, Report } from '../book/report.ts'
import type { FaredStep } from './walk-run.ts'

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
