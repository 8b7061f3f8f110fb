/** Which files have pages, and where: measured on the real list of compiled files. */
import { expect, test } from 'vitest'
import { hasPage, moduleFile, sourceAddress } from '../../../src/source/address.ts'
import { pinnedFiles } from '../../../src/source/pinned-files.ts'

test('a file of a module is addressed without its version', () => {
  const file = moduleFile('k8s.io/apiserver@v0.36.3/pkg/storage/etcd3/store.go')
  expect(file).toEqual({ module: 'k8s.io/apiserver', version: 'v0.36.3', inside: 'pkg/storage/etcd3/store.go' })
  expect(sourceAddress(file)).toBe('source/k8s.io/apiserver/pkg/storage/etcd3/store.go/')
})

test('a file of the toolchain is addressed as if the toolchain were a module', () => {
  expect(sourceAddress(moduleFile('net/http/server.go'))).toBe('source/std/net/http/server.go/')
})

test.each([
  ['k8s.io/kubernetes@v1.36.3/pkg/registry/core/pod/strategy.go', true],
  ['go.etcd.io/etcd/client/v3@v3.6.5/kv.go', true],
  ['go.etcd.io/etcd/server/v3@v3.6.5/etcdserver/server.go', false],
  ['github.com/emicklei/go-restful/v3@v3.12.2/container.go', true],
  ['golang.org/x/net@v0.47.0/http2/server.go', true],
  ['golang.org/x/net@v0.47.0/http2/hpack/hpack.go', false],
  ['golang.org/x/net@v0.47.0/websocket/websocket.go', false],
  ['net/http/server.go', true],
  ['net/http/httptrace/trace.go', false],
  ['crypto/tls/conn.go', true],
  ['runtime/proc.go', false],
])('%s has a page: %s', (file, has) => {
  expect(hasPage(moduleFile(file))).toBe(has)
})

test('no two files share an address, and every module of the set has files', async () => {
  const files = (await pinnedFiles()).filter(hasPage)
  expect(new Set(files.map(sourceAddress)).size).toBe(files.length)
  const modules = new Set(files.map(({ module }) => module))
  for (const module of [
    'std',
    'golang.org/x/net',
    'github.com/emicklei/go-restful/v3',
    'go.etcd.io/etcd/client/v3',
    'go.etcd.io/etcd/api/v3',
    'k8s.io/klog/v2',
  ]) {
    expect(modules).toContain(module)
  }
})
