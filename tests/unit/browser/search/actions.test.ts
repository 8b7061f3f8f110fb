/** What is done with a function that was found. */
import { expect, test } from 'vitest'
import { breakCommand, readAddress, visitAddress } from '../../../../src/browser/search/actions.ts'
import type { FoundFunction } from '../../../../src/browser/search/function-table.ts'

const create: FoundFunction = {
  name: 'Create',
  receiver: '*store',
  abstract: false,
  package: 'k8s.io/apiserver/pkg/storage/etcd3',
  module: 'k8s.io/apiserver',
  version: 'v0.36.3',
  inside: 'pkg/storage/etcd3/store.go',
  line: 274,
  standing: 3,
  visit: { chapter: { id: 'etcd', title: 'etcd' }, anchor: 'create-run' },
}

test('it is read on its source page, under any base', () => {
  expect(readAddress('/', create, 274)).toBe('/source/k8s.io/apiserver/pkg/storage/etcd3/store.go/#L274')
  expect(readAddress('/book/', create, 280)).toBe('/book/source/k8s.io/apiserver/pkg/storage/etcd3/store.go/#L280')
})

test('the command names it wholly, or the line that was asked for', () => {
  expect(breakCommand(create, null)).toBe('break k8s.io/apiserver/pkg/storage/etcd3.(*store).Create')
  expect(breakCommand(create, 280)).toBe('break pkg/storage/etcd3/store.go:280')
  expect(breakCommand({ ...create, package: 'example.org/yaml.v3', receiver: '' }, null)).toBe('break example.org/yaml%2ev3.Create')
})

test('there is no stopping in what an interface asks for', () => {
  expect(breakCommand({ ...create, abstract: true }, null)).toBeNull()
})

test('the chapter is where the function is visited', () => {
  expect(visitAddress('/book/', create)).toBe('/book/etcd/#create-run')
  expect(visitAddress('/', { ...create, visit: null })).toBeNull()
})
