import { expect, test } from 'vitest'
import { SharedWork, type Work } from '../../../../src/sandbox/bubblewrap/shared-work.ts'

/** Work that the test ends, with how often it was begun. */
function controlled() {
  const begun: { done: PromiseWithResolvers<string>; options: Parameters<Work<string>>[0] }[] = []
  const work: Work<string> = (options) => {
    const done = Promise.withResolvers<string>()
    options.signal.addEventListener('abort', () => done.reject(options.signal.reason))
    begun.push({ done, options })
    return done.promise
  }
  return { begun, shared: new SharedWork(work) }
}

test('is begun once for all who ask, also later, and tells each how far it is', async () => {
  const { begun, shared } = controlled()
  const heard: string[] = []
  const first = shared.result({ onProgress: (words) => heard.push(`first: ${words}`) })
  begun[0]?.options.onProgress('half')
  const second = shared.result({ onProgress: (words) => heard.push(`second: ${words}`) })
  begun[0]?.options.onProgress('nearly')
  begun[0]?.done.resolve('built')
  expect(await Promise.all([first, second])).toEqual(['built', 'built'])
  expect(await shared.result({ onProgress: (words) => heard.push(`third: ${words}`) })).toBe('built')
  expect(begun).toHaveLength(1)
  expect(heard).toEqual(['first: half', 'second: half', 'first: nearly', 'second: nearly'])
})

test('goes on for the others when one gives up', async () => {
  const { begun, shared } = controlled()
  const giveUp = new AbortController()
  const first = shared.result({ signal: giveUp.signal, onProgress: () => {} })
  const second = shared.result({ onProgress: () => {} })
  giveUp.abort(new Error('left'))
  await expect(first).rejects.toThrow('left')
  begun[0]?.done.resolve('built')
  expect(await second).toBe('built')
})

test('is begun again after it failed, and ends when it is closed', async () => {
  const { begun, shared } = controlled()
  const first = shared.result({ onProgress: () => {} })
  begun[0]?.done.reject(new Error('no space'))
  await expect(first).rejects.toThrow('no space')
  const second = shared.result({ onProgress: () => {} })
  expect(begun).toHaveLength(2)
  const refused = expect(second).rejects.toThrow('not wanted')
  await shared.close()
  await refused
  await expect(shared.result({ onProgress: () => {} })).rejects.toThrow('not wanted')
})
