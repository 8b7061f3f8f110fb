/** Stops against the real pins. No line of the pins is kept here but the short texts that a stop holds. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { BookError } from '../../../src/book/book-error.ts'
import { pinnedFile } from '../../../src/source/pinned-files.ts'
import { resolveStop } from '../../../src/source/resolve-stop.ts'

const WHERE = 'content/one/walks.yaml:3'
const STOP = {
  module: 'k8s.io/apiserver',
  file: 'pkg/endpoints/handlers/create.go',
  function: 'createHandler.func1',
  line: 'admissionAttributes := admission.NewAttributesRecord(',
}

async function refusal(change: Partial<typeof STOP>): Promise<string> {
  const error = await resolveStop({ ...STOP, ...change }, WHERE).then(
    () => null,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(BookError)
  expect((error as BookError).where).toBe(WHERE)
  return (error as BookError).message
}

test('a stop becomes the place Delve reports and the location it takes', async () => {
  const found = await resolveStop(STOP, WHERE)
  expect(found).toMatchObject({
    file: 'k8s.io/apiserver@v0.36.3/pkg/endpoints/handlers/create.go',
    function: 'k8s.io/apiserver/pkg/endpoints/handlers.createHandler.func1',
    location: `handlers/create.go:${found.line}`,
  })
  const { path } = await pinnedFile(STOP.module, STOP.file, WHERE)
  expect((await readFile(path, 'utf8')).split('\n')[found.line - 1]).toContain(STOP.line)
})

test('methods, value receivers, the standard library and programs are found by Delve’s names', async () => {
  const functionOf = async (stop: typeof STOP) => (await resolveStop(stop, WHERE)).function
  expect(
    await functionOf({ ...STOP, file: 'pkg/storage/etcd3/store.go', function: '(*store).Create', line: 'preparedKey, err := s.prepareKey(' }),
  ).toBe('k8s.io/apiserver/pkg/storage/etcd3.(*store).Create')
  expect(await functionOf({ module: 'std', file: 'net/http/server.go', function: 'HandlerFunc.ServeHTTP', line: 'f(w, r)' })).toBe(
    'net/http.HandlerFunc.ServeHTTP',
  )
  expect(await functionOf({ module: 'k8s.io/kubernetes', file: 'cmd/kube-apiserver/apiserver.go', function: 'main', line: 'func main() {' })).toBe(
    'main.main',
  )
  expect(await functionOf({ module: 'gopkg.in/inf.v0', file: 'dec.go', function: '(*Dec).Sign', line: 'return x.UnscaledBig().Sign()' })).toBe(
    'gopkg.in/inf%2ev0.(*Dec).Sign',
  )
})

test('type arguments need not be written', async () => {
  const file = 'pkg/admission/plugin/policy/generic/policy_source.go'
  const bare = await resolveStop({ ...STOP, file, function: '(*policySource).Run', line: 's.ctx = ctx' }, WHERE)
  expect(bare.function).toContain('.(*policySource[...]).Run')
})

test('a module that is not pinned is refused with those of like name', async () => {
  expect(await refusal({ module: 'k8s.io/apisever' })).toMatch(
    /compiled from no module "k8s.io\/apisever"[\s\S]*perhaps one of:\n {4}k8s\.io\/apiserver/,
  )
})

test('a file that is not compiled is refused with those of like name', async () => {
  expect(await refusal({ file: 'pkg/endpoints/handlers/creates.go' })).toMatch(
    /No file[\s\S]*perhaps one of:\n {4}pkg\/endpoints\/handlers\/create\.go/,
  )
})

test('a function that is not there is refused with those of like name', async () => {
  expect(await refusal({ function: 'createHandler.func9' })).toMatch(/has no function "createHandler\.func9"[\s\S]*createHandler\.func1/)
})

test('a function of another file is refused with that file', async () => {
  expect(await refusal({ function: 'UpdateResource.func1' })).toContain('UpdateResource.func1 in update.go')
})

test('text in no line, and in many, is refused', async () => {
  expect(await refusal({ line: 'admissionAttributes := admission.NewAttributeRecord(' })).toContain('is in no line of createHandler.func1')
  expect(await refusal({ line: 'scope.err(' })).toMatch(/is in \d+ lines of createHandler\.func1; it must be in one/)
})

test('text in a closure of the function is refused with the closure', async () => {
  expect(await refusal({ function: 'createHandler' })).toContain('name the function createHandler.func1.')
  expect(await refusal({ line: 'mutatingAdmission.Admit(' })).toContain('name the function createHandler.func1.2.')
})

test('a comment is refused with the statements around it', async () => {
  expect(await refusal({ line: '// On create, get name' })).toMatch(/No statement of createHandler\.func1 begins at line \d+: \/\/ On create/)
})
