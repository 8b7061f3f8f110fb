/** Places that terminals print, and the pages that they mean. */
import { expect, test } from 'vitest'
import { placesIn, SourceNames } from '../../../src/browser/source-names.ts'

const names = new SourceNames({
  'k8s.io/apiserver': { version: 'v0.36.3', files: ['pkg/storage/etcd3/store.go', 'pkg/server/config.go', 'pkg/features/kube_features.go'] },
  'k8s.io/kubernetes': { version: 'v1.36.3', files: ['pkg/features/kube_features.go', 'pkg/controlplane/instance.go'] },
  'go.etcd.io/etcd/client/v3': { version: 'v3.6.8', files: ['kv.go'] },
  std: { version: '', files: ['net/http/server.go'] },
})
const STORE = 'source/k8s.io/apiserver/pkg/storage/etcd3/store.go/'

test.each([
  'staging/src/k8s.io/apiserver/pkg/storage/etcd3/store.go',
  './staging/src/k8s.io/apiserver/pkg/storage/etcd3/store.go',
  './pkg/storage/etcd3/store.go',
  'etcd3/store.go',
  'k8s.io/apiserver/pkg/storage/etcd3/store.go',
  'k8s.io/apiserver@v0.36.3/pkg/storage/etcd3/store.go',
  '/home/me/go/pkg/mod/k8s.io/apiserver@v0.36.3/pkg/storage/etcd3/store.go',
])('%s is the store of etcd3', (file) => {
  expect(names.address(file)).toBe(STORE)
})

test('files of the release itself, of other modules and of the toolchain are found where terminals have them', () => {
  expect(names.address('pkg/features/kube_features.go')).toBe('source/k8s.io/kubernetes/pkg/features/kube_features.go/')
  expect(names.address('vendor/go.etcd.io/etcd/client/v3/kv.go')).toBe('source/go.etcd.io/etcd/client/v3/kv.go/')
  expect(names.address('go/src/net/http/server.go')).toBe('source/std/net/http/server.go/')
  expect(names.address('/usr/local/go/src/net/http/server.go')).toBe('source/std/net/http/server.go/')
})

test('what several files end in, or none, is no link', () => {
  expect(names.address('features/kube_features.go')).toBeNull()
  expect(names.address('go.uber.org/zap/logger.go')).toBeNull()
})

test('places are found in what Delve and Go print', () => {
  expect(
    placesIn('> [create] k8s.io/apiserver/pkg/storage/etcd3.(*store).Create() staging/src/k8s.io/apiserver/pkg/storage/etcd3/store.go:274 (hits 1)'),
  ).toMatchObject([{ file: 'staging/src/k8s.io/apiserver/pkg/storage/etcd3/store.go', line: 274 }])
  const line = '\tk8s.io/apiserver@v0.36.3/pkg/server/config.go:12 +0x1d'
  expect(placesIn(line).map(({ from, to }) => line.slice(from, to))).toEqual(['k8s.io/apiserver@v0.36.3/pkg/server/config.go:12'])
  expect(placesIn('break etcd3/store.go:274, then ./pkg/storage/etcd3/store.go:275')).toHaveLength(2)
  expect(placesIn('E1125 store.go:12] not a path, nor "main.go" is')).toEqual([])
})
