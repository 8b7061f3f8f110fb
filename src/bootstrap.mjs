/**
 * What every npm script runs first, under whatever Node there is: installs what is missing and hands over to the pinned Node.
 * Imports nothing but Node itself, and keeps to syntax that old Nodes understand, so that they can say what is wrong.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const STAMP = 'node_modules/.follow-the-request.json'
/** The oldest Node that installs the dependencies, and the oldest that runs the project when its pinned one does not run here. */
const OLDEST_TO_INSTALL = [20, 0]
const OLDEST_TO_RUN = [22, 12]
/** From here on Node takes types out by itself, by major version; every newer one does. */
const STRIPS_TYPES = { 22: 18, 23: 6 }

/** What each verb runs, one after the other, and whether that needs the development dependencies too. */
const VERBS = {
  start: { runs: [['src/main.ts', 'start']], development: false },
  build: { runs: [['src/main.ts', 'build']], development: false },
  verify: { runs: [['src/main.ts', 'verify']], development: false },
  dev: { runs: [['src/main.ts', 'dev']], development: false },
  test: { runs: [['tests/main.ts']], development: true },
  bench: { runs: [['tests/bench/main.ts']], development: true },
  lint: { runs: [['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']], development: true },
  typecheck: {
    runs: [
      ['node_modules/astro/bin/astro.mjs', 'check'],
      ['node_modules/typescript/bin/tsc', '--noEmit'],
    ],
    development: true,
  },
}

/** Ends the program with what is wrong and what to do about it. */
class Stop extends Error {}

async function main(name, parameters) {
  if (isOlder(process.versions.node, OLDEST_TO_INSTALL)) {
    throw new Stop(
      `Follow the Request needs Node 20 or newer, and this is Node ${process.versions.node}. Install a newer one from https://nodejs.org/.`,
    )
  }
  const verb = VERBS[name]
  if (!verb) throw new Stop(`There is no "${name}". Choose one of: ${Object.keys(VERBS).join(', ')}.`)
  process.chdir(ROOT)
  await install(verb.development)
  const node = findNode()
  for (const run of verb.runs) {
    const code = await runNode(node, run.concat(parameters))
    if (code !== 0) return code
  }
  return 0
}

/** Installs the dependencies unless those of exactly these package files are there. */
async function install(development) {
  if (isInstalled(development)) return
  const release = await holdInstallLock()
  try {
    if (isInstalled(development)) return
    // Development dependencies that are there already stay: npm would remove them.
    const all = development || existsSync('node_modules/vitest')
    console.log(`Installing the dependencies${all ? ', with those for development' : ''} (half a minute the first time) …`)
    // Not `npm ci`: it refuses a lock file that leaves out packages of other systems which the registry could not give.
    // Nor may it write that file anew, with what another registry can give: a clone stays as it was cloned.
    const parameters = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'].concat(all ? ['--include=dev'] : ['--omit=dev'])
    const windows = process.platform === 'win32'
    const { code, error } = await ended(spawn(windows ? 'npm.cmd' : 'npm', parameters, { stdio: ['ignore', 'inherit', 'inherit'], shell: windows }))
    if (error) throw new Stop(`npm does not start (${error.message}). It comes with Node from https://nodejs.org/, or as the package npm.`)
    if (code !== 0) {
      throw new Stop(
        `npm could not install the dependencies (it ended with ${code}; the lines above say why). Mostly it is the network or a full disk; ` +
          'run the same command again when that is settled: what was downloaded is kept.',
      )
    }
    writeFileSync(STAMP, JSON.stringify({ packages: packagesHash(), all }))
  } finally {
    release()
  }
}

function isInstalled(development) {
  try {
    const { packages, all } = JSON.parse(readFileSync(STAMP, 'utf8'))
    return packages === packagesHash() && (all || !development)
  } catch {
    return false
  }
}

function packagesHash() {
  const hash = createHash('sha256')
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(file))
  // Another system or another C library needs other packages.
  return hash.update(`${process.platform} ${process.arch}`).digest('hex')
}

/** Two installations at once would break each other. A socket without a file is the lock, since the kernel frees it however its holder ends. */
async function holdInstallLock() {
  if (process.platform !== 'linux') return () => {}
  const name = `\0follow-the-request-install-${process.getuid()}-${createHash('sha256').update(ROOT).digest('hex')}`
  let told = false
  for (;;) {
    const waiting = []
    const server = createServer((socket) => waiting.push(socket))
    const held = await new Promise((resolve, reject) => {
      server.once('listening', () => resolve(true))
      server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)))
      server.listen(name)
    })
    if (held) {
      return () => {
        server.close()
        for (const socket of waiting) socket.destroy()
      }
    }
    if (!told) console.log('Waiting for another command that is installing the dependencies …')
    told = true
    // The holder says nothing: that the connection ends is the news.
    await new Promise((resolve) => connect(name).once('close', resolve).resume().on('error', resolve))
  }
}

/** The pinned Node if it runs on this system, else this one if it is new enough. */
function findNode() {
  const pinned = join('node_modules', `node-${process.platform}-${process.arch}`, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return { path: join(ROOT, pinned), flags: [] }
  if (isOlder(process.versions.node, OLDEST_TO_RUN)) {
    throw new Stop(
      `There is no pinned Node for ${process.platform} ${process.arch}, and Node ${process.versions.node} is too old to run the project: ` +
        `install Node ${OLDEST_TO_RUN.join('.')} or newer from https://nodejs.org/, then run the same command again.`,
    )
  }
  return { path: process.execPath, flags: stripsTypes(process.versions.node) ? [] : ['--experimental-strip-types', '--no-warnings'] }
}

function stripsTypes(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > 23 || minor >= STRIPS_TYPES[major]
}

/** Runs one program with what the tools it starts need, passes signals on, and resolves with its exit code. */
async function runNode({ path, flags }, parameters) {
  const environment = Object.assign({}, process.env, {
    PATH: [dirname(path), process.env.PATH].join(delimiter),
    ASTRO_TELEMETRY_DISABLED: '1',
    ASTRO_DISABLE_UPDATE_CHECK: 'true',
  })
  const child = spawn(path, flags.concat(parameters), { stdio: 'inherit', env: environment })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const pass = (signal) => child.kill(signal)
  for (const signal of signals) process.on(signal, pass)
  const { code, error } = await ended(child)
  for (const signal of signals) process.off(signal, pass)
  if (error) throw new Stop(`${path} does not start: ${error.message}`)
  return code
}

/** Resolves when a child is gone, with the exit code a shell would give. */
function ended(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, error }))
    child.once('exit', (code, signal) => resolve({ code: code === null ? 128 + constants.signals[signal] : code }))
  })
}

function isOlder(version, [major, minor]) {
  const parts = version.split('.').map(Number)
  return parts[0] < major || (parts[0] === major && parts[1] < minor)
}

main(process.argv[2] || 'start', process.argv.slice(3)).then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    console.error(error instanceof Stop ? `\n${error.message}` : error)
    process.exitCode = 1
  },
)
