/** The book many times over. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Report } from '../../../src/book/report.ts'
import { verifyTimes } from '../../../src/verify/times.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'times-test-'))
})
afterEach(() => rm(folder, { recursive: true }))

const ran = { ended: '2026-11-25T02:40:00.000Z', kubernetes: 'v1.36.3', delve: '1.27.2', seconds: 1 }
const good: Report = { ...ran, kept: 3, broken: 0, chapters: [] }
const bad: Report = {
  ...ran,
  kept: 2,
  broken: 1,
  chapters: [
    {
      id: 'one',
      kept: 2,
      broken: 1,
      seconds: 1,
      walks: [{ id: 'w', seconds: 1 }],
      problems: [{ where: 'walks.yaml:3', what: 'Step "a"', promised: 'x', got: 'y', why: 'z' }],
    },
  ],
}

test('a run that was interrupted costs only itself, and a flaky step is named', async () => {
  const reports = [good, bad]
  const lines: string[] = []
  const options = { times: 4, file: join(folder, 'tally.json'), of: 'a1', log: (line: string) => lines.push(line) }
  const stopped = async () => {
    const report = reports.shift()
    if (!report) throw new Error('Stopped.')
    return report
  }
  await expect(verifyTimes({ ...options, verify: stopped })).rejects.toThrow('Stopped.')
  const verify = vi.fn(async () => good)
  const tally = await verifyTimes({ ...options, verify })
  expect(verify).toHaveBeenCalledTimes(2)
  expect(tally.runs.map(({ broken }) => broken)).toEqual([0, 1, 0, 0])
  expect(lines.at(-1)).toBe('  walks.yaml:3 Step "a": y')
})

test('another state of the book begins anew', async () => {
  const verify = vi.fn(async () => good)
  const options = { times: 1, file: join(folder, 'tally.json'), log: () => {}, verify }
  await verifyTimes({ ...options, of: 'a1' })
  await verifyTimes({ ...options, of: 'a1' })
  await verifyTimes({ ...options, of: 'a2' })
  expect(verify).toHaveBeenCalledTimes(2)
})
