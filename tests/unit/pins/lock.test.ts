/** The build lock: one holder at a time, freed when the holder dies. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test as base, beforeEach, expect, onTestFinished, vi } from 'vitest'
import { holdLock } from '../../../src/pins/lock.ts'

const test = base.skipIf(process.platform !== 'linux')

let file = ''
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lock-'))
  file = join(folder, 'build.lock')
  return () => rm(folder, { recursive: true })
})

test('a free lock is had at once, and again after it was released', async () => {
  const onWait = vi.fn()
  for (const _ of [1, 2]) await (await holdLock({ file, onWait }))()
  expect(onWait).not.toHaveBeenCalled()
})

test('a second holder waits until the first releases, and says so', async () => {
  const order: string[] = []
  const release = await holdLock({ file })
  const { promise: waiting, resolve: isWaiting } = Promise.withResolvers<void>()
  const second = holdLock({ file, onWait: isWaiting }).then((releaseSecond) => {
    order.push('second has it')
    return releaseSecond
  })
  await waiting
  order.push('first releases')
  await release()
  await (await second)()
  expect(order).toEqual(['first releases', 'second has it'])
})

test('waiting can be given up', async () => {
  const release = await holdLock({ file })
  onTestFinished(release)
  const stopping = new AbortController()
  const second = holdLock({ file, signal: stopping.signal, onWait: () => stopping.abort(new Error('enough')) })
  await expect(second).rejects.toThrow('enough')
})

test('a holder that is killed frees the lock', async () => {
  const holder = spawn(process.execPath, [resolve('tests/fixtures/pins/lock-holder.ts'), file], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(holder.stdout, 'data')
  const release = holdLock({ file, onWait: () => holder.kill('SIGKILL') })
  await (await release)()
})

test('a lock in a folder that is not there is refused with what to do', async () => {
  await expect(holdLock({ file: join(file, 'inside', 'build.lock') })).rejects.toMatchObject({ fix: expect.stringContaining('XDG_CACHE_HOME') })
})
