/** The list of functions is read as it was written. */
import { expect, test } from 'vitest'
import { FunctionTable } from '../../../src/browser/search/function-table.ts'
import { FunctionListWriter, type ListedFile, type ListedPackage } from '../../../src/source/function-list-format.ts'

const packages: ListedPackage[] = [
  {
    path: 'k8s.io/apiserver/pkg/storage/etcd3',
    name: 'etcd3',
    files: [
      {
        name: 'store.go',
        onTheWay: true,
        functions: [
          { name: 'New', receiver: '', abstract: false, line: 100, visit: null },
          { name: 'Create', receiver: '*store', abstract: false, line: 274, visit: { standing: 3, chapter: 1, anchor: 'create-run' } },
          { name: 'Get', receiver: '*store', abstract: false, line: 400, visit: null },
          { name: 'key', receiver: '', abstract: false, line: 4000, visit: { standing: 2, chapter: 0, anchor: '' } },
        ],
      },
    ],
  },
  {
    path: 'github.com/emicklei/go-restful/v3',
    name: 'restful',
    files: [{ name: 'a.go', onTheWay: false, functions: [{ name: 'Get', receiver: 'Interface', abstract: true, line: 3, visit: null }] }],
  },
]

const chapters = [
  { id: 'etcd', title: 'etcd' },
  { id: 'registry', title: 'The registry' },
]
const head = { modules: [['k8s.io/apiserver', 'v0.36.3'] as const, ['github.com/emicklei/go-restful/v3', 'v3.13.0'] as const], chapters }

/** Everything in a table, as it was listed. */
function listed(table: FunctionTable): unknown[] {
  return Array.from({ length: table.size }, (_, place) => {
    const { package: path, inside, receiver, name, abstract, line, standing, visit } = table.at(place)
    return [path, inside.slice(inside.lastIndexOf('/') + 1), receiver, name, abstract, line, standing, visit && [visit.chapter.id, visit.anchor]]
  })
}

function wanted(all: readonly ListedPackage[]): unknown[] {
  return all.flatMap(({ path, files }) =>
    files.flatMap((file) =>
      file.functions.map(({ receiver, name, abstract, line, visit }) => {
        const standing = visit?.standing ?? (file.onTheWay ? 1 : 0)
        return [path, file.name, receiver, name, abstract, line, standing, visit && [chapters[visit.chapter]?.id, visit.anchor]]
      }),
    ),
  )
}

test('what is written is read again', async () => {
  const table = new FunctionTable()
  await table.add({ ...head, ...new FunctionListWriter().write(packages) }, false)
  expect(listed(table)).toEqual(wanted(packages))
  expect(table.packages.map(({ word, name }) => [table.packageWords.texts[word], table.packageWords.texts[name]])).toEqual([
    ['etcd3', 'etcd3'],
    ['v3', 'restful'],
  ])
})

test('a second list names words of the first one, and is read after it, with pauses or without', async () => {
  const generated: ListedFile = {
    name: 'zz_generated.go',
    onTheWay: false,
    functions: [
      { name: 'Get', receiver: 'Interface', abstract: false, line: 7, visit: null },
      { name: 'DeepCopy', receiver: '*store', abstract: false, line: 9, visit: null },
      { name: 'DeepCopy', receiver: 'Other', abstract: false, line: 9, visit: null },
    ],
  }
  const more = packages.map((one) => ({ ...one, files: [generated] }))
  const writer = new FunctionListWriter()
  const [core, rest] = [writer.write(packages), writer.write(more)]
  expect(rest.names).toBe('DeepCopy\n')
  expect(rest.receivers).toBe('Other\n')
  const table = new FunctionTable()
  await table.add({ ...head, ...core }, false)
  await table.add({ ...head, ...rest }, true, async () => {})
  expect(listed(table)).toEqual([...wanted(packages), ...wanted(more)])
})

test('a number that has no character fails the build', () => {
  const far = { name: 'New', receiver: '', abstract: false, line: 60_000, visit: null }
  const files = [{ name: 'long.go', onTheWay: false, functions: [far] }]
  expect(() => new FunctionListWriter().write([{ path: 'a', name: 'a', files }])).toThrow('no character for the number 60000')
})
