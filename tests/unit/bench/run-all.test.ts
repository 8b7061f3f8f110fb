/** What `npm run bench` prints when a bench fails or is stopped. */
import { expect, test } from 'vitest'
import type { Bench, Lab } from '../../bench/bench.ts'
import { runAll } from '../../bench/run-all.ts'

const good: Bench = { title: 'Good', run: async () => [{ what: 'a figure', value: 3, unit: 'ms', budget: 5 }] }
const bad: Bench = { title: 'Bad', run: () => Promise.reject(new Error('the sandbox died')) }

function lab(signal = new AbortController().signal): { lab: Lab; said: () => string } {
  const lines: string[] = []
  const log = (line: string) => void lines.push(line)
  return {
    lab: { built: async () => ({ substitute: [], programs: {}, source: '' }), site: '', chromium: '', log, signal },
    said: () => lines.join('\n'),
  }
}

test('a bench that fails says why and is named, and those after it have their tables', async () => {
  const { lab: given, said } = lab()
  expect(await runAll({ first: good, second: bad, third: { ...good, title: 'Third' } }, given)).toEqual(['second'])
  expect(said()).toMatch(/Good\n[\s\S]*a figure[\s\S]*second failed: Error: the sandbox died\n[\s\S]*Third\n[\s\S]*a figure/)
})

test('a stopped bench is no failure, and none follows it', async () => {
  const stopping = new AbortController()
  const { lab: given, said } = lab(stopping.signal)
  const stopped: Bench = {
    title: 'Stopped',
    run: async () => {
      stopping.abort(new Error('Stopped.'))
      throw new Error('the sandbox was closed')
    },
  }
  await expect(runAll({ stopped, good }, given)).rejects.toThrow('Stopped.')
  expect(said()).not.toContain('Good')
})
