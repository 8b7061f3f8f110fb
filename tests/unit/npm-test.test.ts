/** The program behind `npm test`, run in a project whose tools only say what they see, on a system that is a folder of scripts. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeEach, expect, test } from 'vitest'
import { makeSystem, SUDO_FOR_ALL, type SystemOfScripts } from '../support/system-of-scripts.ts'

/** Programs that sandboxes borrow from the system, without bwrap. */
const BORROWED = ['bash', 'curl', 'jq', 'dot', 'flock', 'prlimit', 'setpriv']

/** A vitest that says whether bwrap is there, and reports one test that passed. */
const VITEST = `const { existsSync, writeFileSync } = require('node:fs')
const value = (name) => process.argv.find((word) => word.startsWith(name)).slice(name.length)
console.log(value('--project=') + (existsSync(process.env.PATH + '/bwrap') ? ' sees bwrap' : ' sees no bwrap'))
writeFileSync(value('--outputFile.json='), JSON.stringify({ numPassedTests: 1, numTotalTestSuites: 1, testResults: [] }))`

let system: SystemOfScripts
let project = ''

beforeEach(async () => {
  system = await makeSystem()
  project = await mkdtemp(join(tmpdir(), 'npm-test-'))
  // There is no node among the commands: not every system has the pinned one.
  await mkdir(join(project, 'node_modules/.bin'), { recursive: true })
  await writeFile(join(project, 'node_modules/.bin/vitest'), VITEST)
  await mkdir(join(project, 'src'))
  await writeFile(join(project, 'src/main.ts'), 'const said: string[] = [process.execPath, ...process.execArgv]\nconsole.log(...said)')
  await writeFile(join(project, 'package.json'), '{ "type": "commonjs" }')
  return () => Promise.all([system.remove(), rm(project, { recursive: true })])
})

async function npmTest(stages: readonly string[], flags: readonly string[] = []): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [...flags, resolve('tests/main.ts'), ...stages], {
    cwd: project,
    env: system.environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
  return { code, said }
}

test('what sandboxes need is installed before the first stage, so that no test of theirs is skipped for it', async () => {
  await system.have(...BORROWED)
  await system.program('sudo', SUDO_FOR_ALL)
  await system.manager('apt-get', ['bwrap'])
  const { code, said } = await npmTest(['unit', 'contract'])
  expect(said).toContain('unit sees bwrap\n')
  expect(said).toContain('contract sees bwrap\n')
  expect(code).toBe(0)
})

test('where sandboxes cannot be had, the reason stands beside what runs without them and what is skipped', async () => {
  await system.have(...BORROWED)
  const { code, said } = await npmTest(['contract', 'verify'])
  const why = 'This system lacks bwrap, and no package manager that is known here. Try: Install the packages bubblewrap.'
  expect(said).toContain(`verify: skipped, ${why}\n`)
  expect(said).toMatch(/^contract: 1 passed, 0 failed, 0 skipped, \d+ s \(no sandbox: /m)
  expect(said).toContain(`(no sandbox: ${why})\n`)
  expect(said).toMatch(/\n1 passed, 0 failed, 1 skipped\n$/)
  expect(code).toBe(0)
})

test('a run of nothing but what is skipped is not a success', async () => {
  const { code, said } = await npmTest(['browser'])
  expect(said).toContain('browser: skipped, there is no Chromium, and no package manager that is known here\n')
  expect(code).toBe(1)
})

test('stages run with the Node that runs them all, and its flags', async () => {
  const { code, said } = await npmTest(['build'], ['--no-warnings'])
  expect(said).toContain(`${process.execPath} --no-warnings\n`)
  expect(said).toMatch(/^build: 1 passed/m)
  expect(code).toBe(0)
})

test('nothing is installed for a stage that needs nothing', async () => {
  await system.program('sudo', SUDO_FOR_ALL)
  await system.manager('apt-get', ['bwrap', 'chromium'])
  expect((await npmTest(['unit'])).code).toBe(0)
  expect(await system.asked()).toEqual([])
})
