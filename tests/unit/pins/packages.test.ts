/** What Go says of a program's packages, read without loss. */
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { DEBUGGED_FLAGS } from '../../../src/pins/built-already.ts'
import { compiledFiles } from '../../../src/pins/compiled-files.ts'
import { findGo } from '../../../src/pins/go.ts'
import { downloadOf, listPackages } from '../../../src/pins/packages.ts'
import { versions } from '../../../src/pins/versions.ts'

const GREETER = resolve('tests/fixtures/programs/greeter')

test('the packages of a program come with all they import, dependencies first', async () => {
  const packages = await listPackages({ go: await findGo(process.env), directory: GREETER, packages: ['./greet'] })
  const paths = packages.map(({ ImportPath }) => ImportPath)
  expect(paths.indexOf('fixture/greeter/lib')).toBeLessThan(paths.indexOf('fixture/greeter/greet'))
  expect(packages.find(({ ImportPath }) => ImportPath === 'runtime')).toMatchObject({ Standard: true, Stale: false })
})

test('without the flags of a build nothing is called stale', async () => {
  const options = { go: await findGo(process.env), directory: GREETER, packages: ['./greet'] }
  expect((await listPackages(options)).some(({ Stale }) => Stale)).toBe(false)
  const [main] = (await listPackages({ ...options, buildFlags: DEBUGGED_FLAGS })).filter(({ Name }) => Name === 'main')
  expect(main?.Stale).toBe(true)
})

test("Go's own words come with a package that does not exist", async () => {
  const listing = listPackages({ go: await findGo(process.env), directory: GREETER, packages: ['./nowhere'] })
  await expect(listing).rejects.toThrow(/could not list.*nowhere/s)
})

test('a download is known by its line', () => {
  expect(downloadOf('go: downloading k8s.io/api v0.36.3')).toBe('k8s.io/api v0.36.3')
  expect(downloadOf('k8s.io/api/core/v1')).toBeNull()
})

test("the API server's files are named as its debug information names them", async () => {
  const files = new Map((await compiledFiles({ go: await findGo(process.env) })).map(({ file, path }) => [file, path]))
  expect(files.size).toBeGreaterThan(8_000)
  const { kubernetes, staging } = versions()
  expect(files.get(`k8s.io/apiserver@${staging}/pkg/endpoints/handlers/create.go`)).toMatch(/\/pkg\/endpoints\/handlers\/create\.go$/)
  expect(files.has(`k8s.io/kubernetes@${kubernetes}/cmd/kube-apiserver/apiserver.go`)).toBe(true)
  expect(files.get('net/http/server.go')).toMatch(/\/src\/net\/http\/server\.go$/)
  expect([...files.keys()].filter((file) => file.endsWith('_test.go'))).toEqual([])
})
