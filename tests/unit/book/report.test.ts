import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Report, readReport, writeReport } from '../../../src/book/report.ts'

test('a report is read as it was written; none and one of another shape are no report', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'report-test-'))
  const file = join(folder, 'deep/report.json')
  const report: Report = { ended: '2026-11-25T02:40:00.000Z', kubernetes: 'v1.36.3', delve: '1.27.2', kept: 1, broken: 0, seconds: 9, chapters: [] }
  expect(await readReport(file)).toBeNull()
  await writeReport(file, report)
  expect(await readReport(file)).toEqual(report)
  await writeFile(file, '{"kept":1}')
  expect(await readReport(file)).toBeNull()
  await rm(folder, { recursive: true })
})
