/** Ranking, on a list small enough to be read. */
import { expect, test } from 'vitest'
import { findFunctions } from '../../../../src/browser/search/find.ts'
import { FunctionTable } from '../../../../src/browser/search/function-table.ts'
import { FunctionListWriter, type ListedFunction, type ListedPackage } from '../../../../src/source/function-list-format.ts'

const one = (whole: string, more: Partial<ListedFunction> = {}): ListedFunction => {
  const [receiver = '', name = ''] = whole.includes('.') ? whole.split('.') : ['', whole]
  return { name, receiver, abstract: false, line: 10, visit: null, ...more }
}
const visited = { visit: { standing: 3, chapter: 0, anchor: 'step' } } as const

async function table(core: ListedPackage[], rest: ListedPackage[] = []): Promise<FunctionTable> {
  const made = new FunctionTable()
  const head = { modules: [['k8s.io/apiserver', 'v0.36.3']], chapters: [{ id: 'etcd', title: 'etcd' }] } as const
  const writer = new FunctionListWriter()
  await made.add({ ...head, ...writer.write(core) }, false)
  await made.add({ ...head, ...writer.write(rest) }, true)
  return made
}

const of = (path: string, functions: ListedFunction[], name = 'file.go', onTheWay = false): ListedPackage => ({
  path,
  name: path.split('/').at(-1) ?? '',
  files: [{ name, onTheWay, functions }],
})

async function names(made: FunctionTable, typed: string): Promise<string[]> {
  return findFunctions(made, typed, 10).hits.map(({ place }) => {
    const { package: path, receiver, name } = made.at(place)
    return `${path.split('/').at(-1)} ${receiver}${receiver && '.'}${name}`
  })
}

test('the book comes before the way of a request, and that before everything else', async () => {
  const made = await table([
    of('k8s.io/apiserver/a', [one('Create')]),
    of('k8s.io/apiserver/b', [one('Create')], 'way.go', true),
    of('k8s.io/apiserver/c', [one('Create', visited)]),
  ])
  expect(await names(made, 'create')).toEqual(['c Create', 'b Create', 'a Create'])
})

test('exported before unexported, short before long, the same case before another', async () => {
  const made = await table([of('k8s.io/apiserver/a', [one('createThingsForever'), one('CreateThingsForever'), one('CreateThings'), one('create')])])
  expect(await names(made, 'CreateThing')).toEqual(['a CreateThings', 'a CreateThingsForever', 'a createThingsForever'])
  expect((await names(made, 'create'))[0]).toBe('a create')
})

test('generated code comes last', async () => {
  const made = await table([of('k8s.io/apiserver/a', [one('Update')])], [of('k8s.io/apiserver/b', [one('Update')])])
  expect(await names(made, 'Update')).toEqual(['a Update', 'b Update'])
})

test('a function has its module, its file, and the chapter that visits it', async () => {
  const made = await table([
    of('k8s.io/apiserver/pkg/storage/etcd3', [one('*store.Get'), one('*store.Create', { line: 274, ...visited })], 'store.go'),
  ])
  const [hit] = findFunctions(made, 'create', 1).hits
  expect(made.at(hit?.place ?? -1)).toEqual({
    name: 'Create',
    receiver: '*store',
    abstract: false,
    package: 'k8s.io/apiserver/pkg/storage/etcd3',
    module: 'k8s.io/apiserver',
    version: 'v0.36.3',
    inside: 'pkg/storage/etcd3/store.go',
    line: 274,
    standing: 3,
    visit: { chapter: { id: 'etcd', title: 'etcd' }, anchor: 'step' },
  })
})

test('a line leads to the function around it, in the file that is meant', async () => {
  const functions = [one('Get', { line: 10 }), one('Create', { line: 30 }), one('Delete', { line: 60 })]
  const made = await table([of('k8s.io/apiserver/pkg/etcd3', functions, 'store.go'), of('k8s.io/apiserver/pkg/registry', functions, 'store.go')])
  const found = findFunctions(made, '/home/me/kubernetes/staging/src/k8s.io/apiserver/pkg/etcd3/store.go:42', 10)
  expect(found.hits.map(({ place, line }) => [made.at(place).name, made.at(place).package, line])).toEqual([
    ['Create', 'k8s.io/apiserver/pkg/etcd3', 42],
  ])
  expect(findFunctions(made, 'store.go:42', 10).count).toBe(2)
  expect(findFunctions(made, 'other.go:42', 10).count).toBe(0)
})

test('an alias of a package or a path of another time does not hide a function', async () => {
  const made = await table([of('k8s.io/apiserver/pkg/registry', [one('*Store.Update')])])
  expect(await names(made, 'genericregistry.Store.Update')).toEqual(['registry *Store.Update'])
  expect(await names(made, 'k8s.io/kubernetes/pkg/genericapi/old.(*Store).Update')).toEqual(['registry *Store.Update'])
})

test('all are counted, the best are handed out', async () => {
  const made = await table([
    of(
      'k8s.io/apiserver/a',
      Array.from({ length: 200 }, (_, at) => one(`Create${at}`)),
    ),
  ])
  expect(findFunctions(made, 'Create', 5)).toMatchObject({ count: 200, hits: { length: 5 } })
})
