/** `npm run bench [name …]`: measures the real thing on this machine, and prints one table per bench with the budgets of the design beside it. */
import { readFile } from 'node:fs/promises'
import { availableParallelism, cpus, homedir, loadavg, release, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from '../../src/pins/build.ts'
import { findGo } from '../../src/pins/go.ts'
import { progressLine } from '../../src/pins/progress-line.ts'
import { installPackages } from '../../src/sandbox/bubblewrap/system-packages.ts'
import { sandboxPrograms } from '../../src/sandbox/programs.ts'
import { buildSite } from '../../src/site-build.ts'
import { findChromium } from '../support/chromium.ts'
import type { Bench } from './bench.ts'
import { memory } from './memory.ts'
import { page } from './page.ts'
import { runAll } from './run-all.ts'
import { search } from './search.ts'
import { sourcePages } from './source-pages.ts'
import { start } from './start.ts'
import { stopToLine } from './stop-to-line.ts'

/** In this order: the quick ones first, and last the one that takes most of the machine. */
const benches: Record<string, Bench> = { page, search, 'source-pages': sourcePages, start, 'stop-to-line': stopToLine, memory }

const names = process.argv.slice(2)
const unknown = names.find((name) => !benches[name])
if (unknown) {
  console.error(`There is no bench "${unknown}". Choose from: ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}

const stopping = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => stopping.abort(new Error('Stopped.')))
}
const { signal } = stopping
const log = (line: string) => console.log(line)

try {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'follow-the-request')
  const go = await findGo(process.env)
  const bar = progressLine(process.stdout)
  let building: ReturnType<typeof build> | undefined
  const built = () => {
    building ??= installPackages({ log, signal }).then(() =>
      build({ groups: sandboxPrograms, cache, go, signal, onProgress: bar.show }).finally(bar.clear),
    )
    return building
  }
  const site = resolve('dist')
  await buildSite({ site, go, base: '/', log, signal, onProgress: bar.stage }).finally(bar.clear)
  const chromium = await findChromium({ log, signal })
  if (chromium.is === 'missing') throw new Error(`The benches need a browser, and ${chromium.why}.`)

  log(await machine())
  const chosen = Object.fromEntries(Object.entries(benches).filter(([name]) => names.length === 0 || names.includes(name)))
  const failed = await runAll(chosen, { built, site, chromium: chromium.path, log, signal })
  log(`\nLoad of the machine at the end: ${load()}.`)
  if (failed.length > 0) {
    console.error(`Failed, for the reasons above: ${failed.join(', ')}.`)
    process.exitCode = 1
  }
} catch (error) {
  console.error(signal.aborted ? 'Stopped.' : error)
  process.exitCode = 1
}

/** What the figures depend on. Other work on the machine makes all of them worse: the load says whether there was any. */
async function machine(): Promise<string> {
  const system = /^PRETTY_NAME="(.*)"$/m.exec(await readFile('/etc/os-release', 'utf8').catch(() => ''))?.[1] ?? process.platform
  const memory = (totalmem() / 2 ** 30).toFixed(0)
  const model = cpus()[0]?.model.trim() ?? 'unknown'
  return `\nMachine: ${availableParallelism()} cores (${model}), ${memory} GiB, ${system}, kernel ${release()}, Node ${process.version}, load ${load()}.`
}

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ')
}
