/** The API server that is built differs from the released one in two lines, and in nothing else. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { findGo } from '../../../src/pins/go.ts'
import { pinnedModules } from '../../../src/pins/modules.ts'
import { applyChange, changes, patchApiServer } from '../../../src/pins/patch.ts'

const change = { file: 'pkg/limits.go', from: 'limit = 34 * time.Second', to: 'limit = 24 * time.Hour', why: 'A test.' }

test('a change replaces its text where it stands and moves no line', () => {
  expect(applyChange('const (\n\tlimit = 34 * time.Second\n)\n', change)).toBe('const (\n\tlimit = 24 * time.Hour\n)\n')
})

test('a change that does not fit names the lines it may have meant', () => {
  expect(() => applyChange('package limits\n\tlimit = 35 * time.Second\n', change)).toThrow(/matches 0.*\n?.*pkg\/limits.go:2: limit = 35/s)
  expect(() => applyChange('package other\n', change)).toThrow(/No line has even "limit"/)
})

test('a change that fits twice is refused', () => {
  const line = '\tlimit = 34 * time.Second\n'
  expect(() => applyChange(line + line, change)).toThrow(/matches 2/)
  expect(() => applyChange(`${line.trim()}; ${line}`, change)).toThrow(/matches 2/)
})

test('the copy differs from the released module in exactly the changed lines', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'patch-'))
  onTestFinished(() => rm(cache, { recursive: true }))
  const go = await findGo(process.env)
  const { directory, modfile } = await patchApiServer({ go, cache })
  const released = (await pinnedModules({ go })).get('k8s.io/apiserver')?.directory ?? ''
  const diff = await promisify(execFile)('diff', ['--recursive', released, directory]).catch((error: { stdout: string }) => error)
  expect(diff.stdout.split('\n').filter((line) => /^\d/.test(line))).toEqual(['681c681', '54c54'])
  for (const { file, from, to } of changes) {
    expect(await readFile(join(released, file), 'utf8')).toContain(from)
    expect(await readFile(join(directory, file), 'utf8')).toContain(to)
    expect((await stat(join(directory, file))).ino).not.toBe((await stat(join(released, file))).ino)
  }
  expect(await readFile(modfile, 'utf8')).toContain(`k8s.io/apiserver => ${JSON.stringify(directory)}`)
})
