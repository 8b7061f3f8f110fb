/** Whatever Go starts ends with it: when it is done, when it is stopped, and when this process is killed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type ChildOptions, runChild } from '../../../src/pins/child.ts'

const HERE = resolve('.')
const sh = (script: string, options: Partial<ChildOptions> = {}) =>
  runChild({ command: '/bin/sh', args: ['-c', script], directory: HERE, environment: process.env, ...options })

test('output, the last lines of errors and the exit code come back', async () => {
  const lines: string[] = []
  const outcome = await sh('echo out; for i in $(seq 20); do echo line $i >&2; done; exit 3', { onLine: (line) => lines.push(line) })
  expect(outcome).toMatchObject({ code: 3, stdout: 'out\n' })
  expect(lines).toHaveLength(20)
  expect(outcome.said).toEqual(lines.slice(-15))
})

test('arguments arrive as they were given', async () => {
  const args = ['-c', 'printf "%s|" "$@"', 'sh', 'a b', '$HOME', '*']
  const { stdout } = await runChild({ command: '/bin/sh', args, directory: HERE, environment: process.env })
  expect(stdout).toBe('a b|$HOME|*|')
})

test('a child reads what it is given, and one that reads nothing of much still ends', async () => {
  const input = 'x'.repeat(1_000_000)
  expect((await sh('wc -c', { input })).stdout.trim()).toBe('1000000')
  expect(await sh('exit 7', { input })).toMatchObject({ code: 7 })
  expect((await sh('cat')).stdout).toBe('')
})

test('a program that does not exist is an error, not a hang', async () => {
  const { code, said } = await runChild({ command: '/nowhere/go', args: [], directory: HERE, environment: process.env })
  expect(code).toBe(127)
  expect(said.join()).toContain('/nowhere/go')
})

test('stopping ends the child and its children', async () => {
  const stopping = new AbortController()
  // The inner shell ignores the gentle signal and holds the output open: only its end lets the run end.
  const running = sh('sh -c "sleep 600" & echo started >&2; wait', { signal: stopping.signal, onLine: () => stopping.abort(new Error('enough')) })
  await expect(running).rejects.toThrow('enough')
})

test('a child that ignores the gentle signal is killed', async () => {
  const stopping = new AbortController()
  const onLine = () => stopping.abort(new Error('enough'))
  await expect(sh('trap "" INT; echo deaf >&2; sleep 600', { signal: stopping.signal, grace: 10, onLine })).rejects.toThrow('enough')
})

test('nothing is started when it is stopped already', async () => {
  await expect(sh('echo started', { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
})

test('a child whose parent is killed is interrupted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'child-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const parent = spawn(process.execPath, [resolve('tests/fixtures/pins/parent-of-a-child.ts'), join(folder, 'interrupted')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(parent.stdout, 'data')
  expect(String(line)).toBe('started\n')
  const watcher = watch(folder)
  onTestFinished(() => watcher.close())
  const marked = once(watcher, 'change')
  parent.kill('SIGKILL')
  await marked
  expect(await readFile(join(folder, 'interrupted'), 'utf8')).toBe('')
})
