/** Which functions the book visits. */
import { expect, test } from 'vitest'
import { declaredFunction, stageOfFile, visitKey } from '../../../src/source/book-functions.ts'

test.each([
  ['createHandler.func1.2', 'createHandler'],
  ['(*store).Create.func1', '(*store).Create'],
  ['WithAudit.func1', 'WithAudit'],
  ['(*Cacher).dispatchEvents.gowrap1', '(*Cacher).dispatchEvents'],
  ['(*Config).run-fm', '(*Config).run'],
  ['(*store).Create', '(*store).Create'],
])('%s stands in %s', (name, declared) => {
  expect(declaredFunction(name)).toBe(declared)
})

test('of the stages of a file the closest one counts', () => {
  const places = [
    { stage: 'etcd', file: 'k8s.io/apiserver/pkg/storage/' },
    { stage: 'watch', file: 'k8s.io/apiserver/pkg/storage/cacher/' },
  ]
  expect(stageOfFile('k8s.io/apiserver/pkg/storage/cacher/cacher.go', places)).toBe('watch')
  expect(stageOfFile('k8s.io/apiserver/pkg/storage/etcd3/store.go', places)).toBe('etcd')
  expect(stageOfFile('k8s.io/client-go/rest/config.go', places)).toBeNull()
})

test('type arguments do not tell functions apart', () => {
  expect(visitKey('a.go', '(*Map[...]).Get')).toBe(visitKey('a.go', '(*Map[go.shape.string]).Get'))
})
