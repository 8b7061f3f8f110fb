/** The project's program: reads arguments, environment and signals, and starts what the verb says. */
import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { availableParallelism, freemem, homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { LAST_RUN, writeReport } from './book/report.ts'
import { build } from './pins/build.ts'
import { findGo } from './pins/go.ts'
import { PinsError } from './pins/pins-error.ts'
import { progressLine } from './pins/progress-line.ts'
import { RELEASES } from './pins/releases.ts'
import { openBubblewrap } from './sandbox/bubblewrap/bubblewrap.ts'
import { installPackages } from './sandbox/bubblewrap/system-packages.ts'
import { sandboxPrograms } from './sandbox/programs.ts'
import { astroEnvironment, buildSite } from './site-build.ts'
import { addCodeIndex } from './site-code.ts'
import { start, unchangedFrom } from './start.ts'
import { reportCoverage } from './verify/coverage.ts'
import { compareReleases } from './verify/drift.ts'
import { atOnceOn } from './verify/side-by-side.ts'
import { verifyTimes } from './verify/times.ts'
import { verifyBook } from './verify/verify.ts'

/** Milliseconds in which a signal that comes again is the same one: npm and the terminal both pass on a single Ctrl-C. */
const SAME_SIGNAL = 500

const SITE = resolve('dist')
const CONTENT = resolve('content')
const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'follow-the-request')

const HELP = `Follow the Request: a book on the Kubernetes API server, with your own API server in it.

  npm start -- [options]

  --port <number>   Port to serve on (8080).
  --host <address>  Address to serve on (127.0.0.1: this machine only). Whoever reaches it can run
                    commands in a sandbox on this machine: open it only to people you trust.
  --recorded        Play the recordings only: build no programs and start no sandboxes.
  --help            Show this.

What is built lies in ${cache} (change with XDG_CACHE_HOME),
what Go downloads and compiles in the folders that "go env GOMODCACHE GOCACHE" names,
and the site in dist/. All of it may be deleted; the next start makes it again.`

/** `freemem` is what can be had without swapping, page cache included. */
const AT_ONCE = atOnceOn({ cores: availableParallelism(), bytes: freemem() })

const VERIFY_HELP = `Types every walk of the book into sandboxes of its own and checks what comes of it.

  npm run verify -- [chapter ...] [options]

  --chapter <id>   Only this chapter, like naming it (may be given several times).
  --walk <id>      Only this walk, \`walk\` or \`chapter/walk\` (may be given several times).
  --update         Write recordings anew; a walk that says what it said before stays as it is.
  --times <n>      The whole of it n times, with a tally that goes on after an interruption.
  --at-once <n>    Walks side by side (${AT_ONCE}).
  --against        Look for every stop and excerpt in other releases (${Object.keys(RELEASES).join(', ')},
                   or those that are named), write content/drift.json and print a table.
  --coverage       List where each command of the founding text is answered; runs nothing.
  --report <file>  Write the report there, too, as JSON. The page "What was verified" shows it when the
                   site is built again.`

const stopping = new AbortController()
let signalled = 0
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    const code = 128 + { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[signal]
    if (stopping.signal.aborted && performance.now() - signalled > SAME_SIGNAL) process.exit(code)
    if (stopping.signal.aborted) return
    signalled = performance.now()
    process.exitCode = code
    console.log('\nStopping … (once more to stop at once)')
    stopping.abort(new Error('Stopped.'))
  })
}
const { signal } = stopping
const log = console.log

const verbs: Record<string, (parameters: string[]) => Promise<void>> = {
  start: async (args) => {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '8080' },
        host: { type: 'string', default: '127.0.0.1' },
        recorded: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return log(HELP)
    const port = Number(values.port)
    if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error(`--port takes a number from 0 to 65535, not "${values.port}".`)
    await start({ ...values, port, platform: process.platform, cache, site: SITE, go: await goOrWhyNot(), output: process.stdout, signal })
    // It was asked to stop, and did.
    process.exitCode = 0
  },

  build: async (args) => {
    const { values } = parseArgs({ args, options: { base: { type: 'string', default: '/' }, programs: { type: 'boolean', default: false } } })
    const go = await findGo(process.env)
    const bar = progressLine(process.stdout)
    await buildSite({ site: SITE, go, base: values.base, log, signal, onProgress: bar.stage }).finally(bar.clear)
    await addCodeIndex({ site: SITE, cache, go, log, onProgress: bar.stage, signal }).finally(bar.clear)
    if (values.programs) await buildPrograms()
  },

  verify: async (args) => {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        chapter: { type: 'string', multiple: true, default: [] },
        walk: { type: 'string', multiple: true, default: [] },
        update: { type: 'boolean', default: false },
        times: { type: 'string' },
        coverage: { type: 'boolean', default: false },
        against: { type: 'boolean', default: false },
        'at-once': { type: 'string', default: String(AT_ONCE) },
        report: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return log(VERIFY_HELP)
    if (values.coverage) {
      if ((await reportCoverage(CONTENT, log)) > 0) process.exitCode = 1
      return
    }
    if (values.against) return void (await compareReleases(CONTENT, positionals.length > 0 ? positionals : Object.keys(RELEASES), log))
    const atOnce = count('at-once', values['at-once'])
    const times = values.times === undefined ? null : count('times', values.times)
    await installPackages({ log, signal })
    const backend = await openBubblewrap({
      built: await buildPrograms(),
      buildUnchanged: unchangedFrom({ cache, go: await findGo(process.env) }),
      log,
    })
    const { update, walk: walks } = values
    const verify = () => verifyBook({ content: CONTENT, backend, update, chapters: [...positionals, ...values.chapter], walks, atOnce, log, signal })
    try {
      if (times === null) {
        const report = await verify()
        for (const file of [LAST_RUN, ...(values.report === undefined ? [] : [values.report])]) await writeReport(resolve(file), report)
        if (report.broken > 0) process.exitCode = 1
      } else {
        const tally = await verifyTimes({ times, file: join(cache, 'verify-times.json'), of: await stateOfTree(), verify, log })
        if (tally.runs.some(({ broken }) => broken > 0)) process.exitCode = 1
      }
    } finally {
      await backend.close()
    }
  },

  dev: async (args) => {
    const environment = astroEnvironment(await findGo(process.env))
    const astro = spawn(process.execPath, [resolve('node_modules/astro/bin/astro.mjs'), 'dev', ...args], {
      stdio: 'inherit',
      env: environment,
      signal,
    })
    astro.on('error', () => {})
    await once(astro, 'exit')
  },
}

/** A number from 1 on, given with an option. Throws with what is wrong. */
function count(option: string, given: string): number {
  if (!/^[1-9]\d*$/.test(given)) throw new Error(`--${option} takes a number from 1 on, not "${given}".`)
  return Number(given)
}

/** Names the state of this checkout: its commit, and whether something was changed since. */
async function stateOfTree(): Promise<string> {
  const git = (...parameters: string[]) => promisify(execFile)('git', parameters).then(({ stdout }) => stdout.trim())
  const changed = createHash('sha256')
    .update(await git('diff', 'HEAD'))
    .digest('hex')
    .slice(0, 8)
  return `${await git('rev-parse', 'HEAD')} ${changed}`
}

async function goOrWhyNot() {
  try {
    return await findGo(process.env)
  } catch (error) {
    if (error instanceof PinsError) return error
    throw error
  }
}

async function buildPrograms() {
  const bar = progressLine(process.stdout)
  const built = await build({ groups: sandboxPrograms, cache, go: await findGo(process.env), signal, onProgress: bar.show })
  bar.clear()
  return built
}

const [verb = 'start', ...parameters] = process.argv.slice(2)
try {
  const run = verbs[verb]
  if (run === undefined) throw new Error(`There is no "${verb}". Choose one of: ${Object.keys(verbs).join(', ')}.`)
  await run(parameters)
} catch (error) {
  if (!signal.aborted) {
    console.error(error instanceof Error ? `\n${error.message}${'fix' in error ? `\n${error.fix}` : ''}` : error)
    if (isAboutArguments(error)) console.error('npm start -- --help shows the options.')
    process.exitCode = 1
  }
}

function isAboutArguments(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
