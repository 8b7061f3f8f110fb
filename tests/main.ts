/** `npm test`: installs what the tests need, runs every stage, and ends with a line of counts. Names of stages may be given. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Counts, countsOf, type Need, stages } from './stages.ts'
import { findChromium } from './support/chromium.ts'
import { findSandboxes, HOST_HAS_SANDBOXES } from './support/sandboxes.ts'

const wanted = process.argv.slice(2)
const reports = await mkdtemp(join(tmpdir(), 'follow-the-request-test-'))
const chosen = stages(resolve('node_modules/.bin'), reports).filter(({ name }) => wanted.length === 0 || wanted.includes(name))
const environment: NodeJS.ProcessEnv = { ...process.env, FTR_REPORTS: reports }
/** Before the first stage, so that nothing is skipped that could have been installed: why a need cannot be met here. */
const unmet = new Map<Need, string>()
if (isNeeded('browser')) {
  const browser = await findChromium({ log: console.log })
  if (browser.is === 'found') environment.CHROMIUM = browser.path
  else unmet.set('browser', browser.why)
}
if (isNeeded('sandbox')) {
  const sandboxes = await findSandboxes({ log: console.log })
  if (sandboxes.is === 'found') environment[HOST_HAS_SANDBOXES] = 'yes'
  else unmet.set('sandbox', sandboxes.why)
}

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

for (const stage of chosen) {
  if (interrupted) continue
  const obstacle = stage.needs && unmet.get(stage.needs)
  if (obstacle !== undefined) {
    lines.push(`${stage.name}: skipped, ${obstacle}`)
    total.skipped += 1
    continue
  }
  console.log(`\n── ${stage.name} ──`)
  const began = performance.now()
  const [command, ...parameters] = stage.command
  running = spawn(command, parameters, { stdio: ['ignore', 'inherit', 'inherit'], env: environment })
  const [code] = (await once(running, 'close').catch((error: Error) => {
    console.error(`${stage.name} does not start: ${error.message}`)
    return [null]
  })) as [number | null]
  const counts = await countsOf(stage, code ?? 1)
  for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += counts[key]
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  const without = stage.wants && unmet.get(stage.wants)
  lines.push(
    `${stage.name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped, ${seconds} s${without === undefined ? '' : ` (no ${stage.wants}: ${without})`}`,
  )
}

await rm(reports, { recursive: true, force: true })
console.log(`\n${lines.join('\n')}`)
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 || total.passed === 0 || interrupted ? 1 : 0

function isNeeded(need: Need): boolean {
  return chosen.some(({ needs, wants }) => needs === need || wants === need)
}
