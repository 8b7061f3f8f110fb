/** Sandboxes booted ahead. */
import { expect, onTestFinished, test } from 'vitest'
import { ReadyPool } from '../../../src/relay/ready-pool.ts'
import { StubBackend } from './stub-backend.ts'

/** A backend whose starts wait until the test lets the next one go. */
function heldBackend() {
  const waiting: PromiseWithResolvers<void>[] = []
  let asked = Promise.withResolvers<void>()
  const backend = new StubBackend(async ({ signal, onProgress }) => {
    onProgress?.('Starting etcd')
    const held = Promise.withResolvers<void>()
    signal?.addEventListener('abort', () => held.reject(signal.reason))
    waiting.push(held)
    asked.resolve()
    await held.promise
  })
  return {
    backend,
    waiting,
    /** Resolves when so many starts wait. */
    starts: async (count: number) => {
      while (waiting.length < count) {
        asked = Promise.withResolvers()
        await asked.promise
      }
    },
  }
}

function openPool(options: Partial<ConstructorParameters<typeof ReadyPool>[0]> & { backend: StubBackend }) {
  const log: string[] = []
  const pool = new ReadyPool({ ahead: 1, atMost: 10, log: (words) => log.push(words), ...options })
  onTestFinished(() => pool.close())
  return { pool, log }
}

const patient = () => ({ signal: new AbortController().signal, onProgress: () => {} })

test('a sandbox booted ahead is handed out at once, and replaced when asked', async () => {
  const { backend, waiting, starts } = heldBackend()
  const { pool } = openPool({ backend })
  await starts(1)
  expect(pool.counts()).toEqual({ taken: 0, starting: 1, ready: 0 })
  waiting[0]?.resolve()
  const sandbox = await pool.take(patient())
  expect(sandbox).toBe(backend.sandboxes[0])
  expect(pool.counts()).toEqual({ taken: 1, starting: 0, ready: 0 })
  pool.refill()
  await starts(2)
  expect(pool.counts()).toEqual({ taken: 1, starting: 1, ready: 0 })
  await sandbox.close()
  await sandbox.ended
  expect(pool.counts().taken).toBe(0)
})

test('a start under way is handed out with its progress', async () => {
  const { backend, waiting, starts } = heldBackend()
  const { pool } = openPool({ backend })
  await starts(1)
  const said: string[] = []
  const taken = pool.take({ ...patient(), onProgress: (words) => said.push(words) })
  expect(said).toEqual(['Starting etcd'])
  waiting[0]?.resolve()
  await taken
  expect(waiting).toHaveLength(1)
})

test('a start whose reader left serves the next one', async () => {
  const { backend, waiting, starts } = heldBackend()
  const { pool } = openPool({ backend, ahead: 1 })
  await starts(1)
  const abort = new AbortController()
  const left = pool.take({ signal: abort.signal, onProgress: () => {} })
  abort.abort(new Error('left'))
  await expect(left).rejects.toThrow('left')
  waiting[0]?.resolve()
  expect(await pool.take(patient())).toBe(backend.sandboxes[0])
  expect(waiting).toHaveLength(1)
})

test('a start that nobody wants any more is ended', async () => {
  const { backend, starts } = heldBackend()
  const { pool } = openPool({ backend, ahead: 0 })
  const abort = new AbortController()
  const left = pool.take({ signal: abort.signal, onProgress: () => {} })
  await starts(1)
  abort.abort(new Error('left'))
  await expect(left).rejects.toThrow('left')
  await pool.close()
  expect(backend.sandboxes).toEqual([])
})

test('a boot ahead that fails is said once, and tried again with the next reader only', async () => {
  let starts = 0
  const logged = Promise.withResolvers<string>()
  const backend = new StubBackend(async () => {
    starts += 1
    if (starts === 1) throw new Error('no memory')
  })
  const { pool } = openPool({ backend, log: logged.resolve })
  expect(await logged.promise).toContain('no memory')
  expect([starts, pool.counts()]).toEqual([1, { taken: 0, starting: 0, ready: 0 }])
  await pool.take(patient())
  expect(starts).toBe(2)
})

test('a waiting sandbox whose API server ended is not handed out', async () => {
  const backend = new StubBackend()
  const { pool } = openPool({ backend })
  const first = await pool.take(patient())
  pool.refill()
  // Starts take their turn one after another, so this one comes after the refill.
  const second = await pool.take(patient())
  pool.refill()
  expect(second).not.toBe(first)
  while (pool.counts().ready === 0) await Promise.resolve()
  const waiting = backend.sandboxes.at(-1)
  waiting?.tell({ type: 'process-ended', name: 'kube-apiserver', words: 'killed' })
  await waiting?.ended
  expect(pool.counts()).toEqual({ taken: 2, starting: 0, ready: 0 })
  expect(await pool.take(patient())).not.toBe(waiting)
})

test('no more are booted ahead than the machine has room for', async () => {
  const { backend, waiting, starts } = heldBackend()
  const { pool } = openPool({ backend, ahead: 2, atMost: 2 })
  await starts(2)
  for (const held of waiting) held.resolve()
  await pool.take(patient())
  await pool.take(patient())
  pool.refill()
  expect(pool.counts()).toEqual({ taken: 2, starting: 0, ready: 0 })
})

test('closing ends what waits and what starts', async () => {
  const { backend, waiting, starts } = heldBackend()
  const { pool } = openPool({ backend, ahead: 2 })
  await starts(2)
  waiting[0]?.resolve()
  await pool.close()
  expect(backend.alive).toEqual([])
})
