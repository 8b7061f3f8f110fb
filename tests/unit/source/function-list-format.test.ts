/** The list of functions is read as it was written. */
import { expect, test } from 'vitest'
import { decodeFunctions, encodeFunctions, type ListedPackage } from '../../../src/source/function-list-format.ts'

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

test('what is written is read again', () => {
  const read: unknown[] = []
  const list = encodeFunctions(packages)
  const steps = [
    ...decodeFunctions(list, {
      package: (...told) => read.push(['package', ...told]),
      file: (...told) => read.push(['file', ...told]),
      function: (...told) => read.push(['function', ...told]),
    }),
  ]
  expect(steps).toHaveLength(2)
  expect(read).toEqual(
    packages.flatMap(({ path, name, files }) => [
      ['package', path, name],
      ...files.flatMap((file) => [
        ['file', file.name, file.onTheWay],
        ...file.functions.map((one) => ['function', one.name, one.receiver, one.abstract, one.line]),
      ]),
    ]),
  )
  expect(list.visits).toEqual([
    [1, 3, 1, 'create-run'],
    [2, 2, 0, ''],
  ])
})
