/** What was typed or pasted, read. */
import { expect, test } from 'vitest'
import { readQuery } from '../../../../src/browser/search/query.ts'

/** A query in short: `receiver:store name:Create`. */
function short(typed: string): string {
  const query = readQuery(typed)
  return (query?.parts ?? [])
    .map((part) => {
      if (part.is === 'path') return `path:${part.path}`
      if (part.is === 'file') return `file:${part.path}|${part.name}|${part.line}`
      return `${part.is}:${part.ask.text}`
    })
    .join(' ')
}

test.each([
  ['GuaranteedUpdate', 'any:GuaranteedUpdate'],
  ['(*store).Create', 'owner:store name:Create'],
  ['store.Create', 'owner:store name:Create'],
  ['storage.Interface.Get', 'package:storage receiver:Interface name:Get'],
  ['etcd3 store create', 'any:etcd3 any:store any:create'],
  ['createHandler.func1', 'name:createHandler'],
  ['createHandler.func1.2', 'name:createHandler'],
  ['k8s.io/apiserver/pkg/storage/etcd3.(*store).Create', 'path:k8s.io/apiserver/pkg/storage/etcd3 receiver:store name:Create'],
  ['k8s.io/apiserver/pkg/storage/etcd3', 'path:k8s.io/apiserver/pkg/storage/etcd3'],
  ['github.com/emicklei/go-restful/v3.(*Container).dispatch', 'path:github.com/emicklei/go-restful/v3 receiver:Container name:dispatch'],
  ['slices.SortFunc[...]', 'owner:slices name:SortFunc'],
  ['store.', 'owner:store'],
  ['(*sto', 'any:sto'],
])('%s', (typed, parts) => {
  expect(short(typed)).toBe(parts)
})

test.each([
  ['created by k8s.io/apiserver/pkg/server/filters.(*timeoutHandler).ServeHTTP in goroutine 1234', 'timeoutHandler'],
  [
    'k8s.io/kubernetes/vendor/k8s.io/apiserver/pkg/server/filters.(*timeoutHandler).ServeHTTP(0xc42c138fe0, {0x9afdec0, 0xc4296f72d0})',
    'timeoutHandler',
  ],
  [' 4  0x00000000010f in k8s.io/apiserver/pkg/server/filters.(*timeoutHandler).ServeHTTP', 'timeoutHandler'],
  ['k8s.io/apiserver/pkg/server/filters.(*timeoutHandler).ServeHTTP(...) /go/src/filters/timeout.go:114 +0x28c', 'timeoutHandler'],
])('a line of a stack means its function: %s', (typed, receiver) => {
  expect(short(typed)).toBe(`path:k8s.io/apiserver/pkg/server/filters receiver:${receiver} name:ServeHTTP`)
})

test.each([
  ['storage/etcd3/store.go:274', 'file:storage/etcd3|store.go|274'],
  ['./pkg/storage/etcd3/store.go:274:5', 'file:pkg/storage/etcd3|store.go|274'],
  ['break etcd3/store.go:274', 'file:etcd3|store.go|274'],
  ['k8s.io/apiserver@v0.36.3/pkg/storage/etcd3/store.go:274', 'file:k8s.io/apiserver/pkg/storage/etcd3|store.go|274'],
  [
    '/go/src/k8s.io/kubernetes/vendor/k8s.io/apiserver/pkg/server/filters/timeout.go:114 +0x28c',
    'file:k8s.io/apiserver/pkg/server/filters|timeout.go|114',
  ],
  ['store.go', 'file:|store.go|null'],
])('a place in a file: %s', (typed, parts) => {
  expect(short(typed)).toBe(parts)
})

test('a declaration means what it declares', () => {
  expect(short('func (s *store) Create(ctx context.Context, key string')).toBe('receiver:store name:Create')
  expect(short('func WithAudit(handler http.Handler')).toBe('name:WithAudit')
})

test('words are tried as one name, too', () => {
  expect(readQuery('guaranteed update')?.joined.map(({ whole }) => whole.lower)).toEqual(['guaranteedupdate'])
  expect(readQuery('build handler chain')?.joined.map(({ whole }) => whole.lower)).toEqual(['buildhandlerchain', 'buildhandler', 'handlerchain'])
  expect(readQuery('store.Create')?.joined).toEqual([])
})

test('nothing is asked by nothing', () => {
  for (const typed of ['', '   ', '()', '.', '/', '*']) expect(readQuery(typed)?.parts ?? [], typed).toEqual([])
})
