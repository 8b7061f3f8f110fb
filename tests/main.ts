/** `npm test`: installs what the tests need, runs every stage, and ends with a line of counts. Names of stages may be given. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Counts, countsOf, stages } from './stages.ts'
import { findChromium } from './support/chromium.ts'

const wanted = process.argv.slice(2)
const reports = await mkdtemp(join(tmpdir(), 'follow-the-request-test-'))
const browser = await findChromium(console.log)
const environment: NodeJS.ProcessEnv = { ...process.env, FTR_REPORTS: reports, ...(browser.is === 'found' && { CHROMIUM: browser.path }) }

const total: Counts = { passed: 0, failed: 0, skipped: 0 }
const lines: string[] = []
let running: ReturnType<typeof spawn> | undefined
let interrupted = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true
    running?.kill(signal)
  })
}

for (const stage of stages(resolve('node_modules/.bin'), reports)) {
  if (interrupted || (wanted.length > 0 && !wanted.includes(stage.name))) continue
  if (stage.needs === 'browser' && browser.is === 'missing') {
    lines.push(`${stage.name}: skipped, ${browser.why}`)
    total.skipped += 1
    continue
  }
  console.log(`\n── ${stage.name} ──`)
  const began = performance.now()
  const [command, ...parameters] = stage.command
  running = spawn(command, parameters, { stdio: ['ignore', 'inherit', 'inherit'], env: environment })
  const [code] = (await once(running, 'close')) as [number | null]
  const counts = await countsOf(stage, code ?? 1)
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key]
  lines.push(
    `${stage.name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped, ${((performance.now() - began) / 1000).toFixed(0)} s`,
  )
}

await rm(reports, { recursive: true, force: true })
console.log(`\n${lines.join('\n')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 || total.passed === 0 || interrupted ? 1 : 0
