/** A line of the book's release, looked for in another copy of its module. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lineElsewhere } from '../../../src/source/elsewhere.ts'

let module = ''
beforeAll(async () => {
  module = await mkdtemp(join(tmpdir(), 'elsewhere-test-'))
  await mkdir(join(module, 'pkg/storage'), { recursive: true })
  await writeFile(
    join(module, 'pkg/storage/store.go'),
    `package storage

func Create(key string) func() string {
	prepared := prepare(key)
	return func() string {
		return prepared + twice
	}
}

func Update(key string) string {
	return twice
}

const twice = "/"
`,
  )
  await writeFile(join(module, 'pkg/storage/prepare.go'), 'package storage\n\nfunc prepare(key string) string {\n\treturn "/registry" + key\n}\n')
  await writeFile(
    join(module, 'pkg/storage/store_test.go'),
    'package storage\n\nfunc prepareTest(key string) string {\n\treturn "/registry" + key\n}\n',
  )
})
afterAll(() => rm(module, { recursive: true }))

const line = { file: 'pkg/storage/store.go', function: 'Create', line: 4, text: 'prepared := prepare(' }

test('it is the same, or has moved within its function', async () => {
  expect(await lineElsewhere(line, module)).toEqual({ is: 'same' })
  expect(await lineElsewhere({ ...line, line: 40 }, module)).toEqual({ is: 'moved', line: 4 })
})

test('it is found in another function of the package, if only one has it; in the closure, not around it', async () => {
  const gone = { ...line, function: 'create' }
  expect(await lineElsewhere({ ...gone, text: 'return "/registry" + key' }, module)).toEqual({
    is: 'renamed',
    file: 'pkg/storage/prepare.go',
    function: 'prepare',
    line: 4,
  })
  expect(await lineElsewhere({ ...gone, text: 'return prepared' }, module)).toMatchObject({ is: 'renamed', function: 'Create.func1', line: 6 })
})

test('it is gone when no function has it, several have, or the package is not there', async () => {
  expect(await lineElsewhere({ ...line, text: 'preparedKey, err :=' }, module)).toEqual({ is: 'gone' })
  expect(await lineElsewhere({ ...line, function: 'create', text: 'twice' }, module)).toEqual({ is: 'gone' })
  expect(await lineElsewhere({ ...line, file: 'pkg/cacher/store.go' }, module)).toEqual({ is: 'gone' })
})
