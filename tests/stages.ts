/** What `npm test` runs, in order, and how each stage's tests are counted. */
import { readFile } from 'node:fs/promises'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

/** What a machine may lack. */
export type Need = 'browser' | 'sandbox'

/** One stage: a command, and where its counts come from (without `report`, the stage itself counts as one test). */
export interface Stage {
  name: string
  command: readonly [string, ...string[]]
  report?: { file: string; read: (json: unknown) => Counts }
  /** It runs only if this can be had; the reason is printed otherwise. */
  needs?: Need
  /** It runs without, too, and skips by itself the tests that cannot; the reason is printed beside its counts. */
  wants?: Need
}

const vitestCounts = (json: unknown): Counts => {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numTotalTestSuites, testResults } = json as Record<string, number> & {
    testResults: { status: string; assertionResults: unknown[] }[]
  }
  // A file that does not even load has no tests of its own: it counts as one failure.
  const broken = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length
  return numTotalTestSuites === 0
    ? { passed: 0, failed: 1, skipped: 0 }
    : { passed: numPassedTests ?? 0, failed: (numFailedTests ?? 0) + broken, skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0) }
}

const playwrightCounts = (json: unknown): Counts => {
  const { stats, errors } = json as { stats: { expected: number; unexpected: number; flaky: number; skipped: number }; errors: unknown[] }
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped }
}

const verifyCounts = (json: unknown): Counts => {
  const { kept, broken } = json as { kept: number; broken: number }
  return { passed: kept, failed: broken, skipped: 0 }
}

/** All stages; `bin` is the folder of the project's own commands, `reports` a folder for their reports. */
export function stages(bin: string, reports: string): Stage[] {
  // The Node that runs this, with its flags: the pinned one is not to be had for every system.
  const node = [process.execPath, ...process.execArgv] as const
  const vitest = (project: string): Stage => ({
    name: project,
    command: [
      ...node,
      `${bin}/vitest`,
      'run',
      '--config=tests/vitest.config.ts',
      '--root=.',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reports}/${project}.json`,
    ],
    report: { file: `${reports}/${project}.json`, read: vitestCounts },
  })
  return [
    { name: 'lint', command: [...node, `${bin}/biome`, 'check', '--error-on-warnings'] },
    { name: 'types', command: [...node, `${bin}/astro`, 'check'] },
    // Before the unit tests: some compare with the real programs, and all need the modules.
    { name: 'build', command: [...node, 'src/main.ts', 'build', '--programs'] },
    vitest('unit'),
    { ...vitest('contract'), wants: 'sandbox' },
    {
      name: 'verify',
      command: [...node, 'src/main.ts', 'verify', `--report=${reports}/verify.json`],
      report: { file: `${reports}/verify.json`, read: verifyCounts },
      needs: 'sandbox',
    },
    {
      name: 'browser',
      command: [...node, `${bin}/playwright`, 'test', '--config=tests/playwright.config.ts'],
      report: { file: `${reports}/browser.json`, read: playwrightCounts },
      needs: 'browser',
      wants: 'sandbox',
    },
  ]
}

/** The counts of a finished stage; a report that is missing or unreadable is a failure, never nothing. */
export async function countsOf(stage: Stage, exitCode: number): Promise<Counts> {
  const whole: Counts = exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
  if (!stage.report) return whole
  try {
    const counts = stage.report.read(JSON.parse(await readFile(stage.report.file, 'utf8')))
    return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
