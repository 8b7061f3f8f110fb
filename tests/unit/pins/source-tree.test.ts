/** The source that readers see: laid out like the Kubernetes repository, and reached from every path of the debug information. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { compiledFiles } from '../../../src/pins/compiled-files.ts'
import { findGo } from '../../../src/pins/go.ts'
import { API_SERVER } from '../../../src/pins/groups.ts'
import { listPackages } from '../../../src/pins/packages.ts'
import { patchApiServer } from '../../../src/pins/patch.ts'
import { makeSourceTree, readSourceTree, type SourceTree, substitute } from '../../../src/pins/source-tree.ts'
import { KUBERNETES_MODULE, versions } from '../../../src/pins/versions.ts'

let tree: SourceTree
let cache = ''
let listings = 0

const make = async () => {
  const go = await findGo(process.env)
  const { modfile } = await patchApiServer({ go, cache })
  return await makeSourceTree(cache, async () => {
    listings += 1
    return await listPackages({ go, directory: KUBERNETES_MODULE, packages: [API_SERVER], buildFlags: [`-modfile=${modfile}`] })
  })
}

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'source-tree-'))
  tree = await make()
  return () => rm(cache, { recursive: true })
}, 120_000)

test('the rules lead from every compiled file to its place in the tree', async () => {
  const files = await compiledFiles({ go: await findGo(process.env) })
  const lost: string[] = []
  for (const { file } of files) {
    const place = join(tree.source, substitute(file, tree.substitute))
    if (!(await stat(place).catch(() => null))) lost.push(file)
  }
  expect(lost).toEqual([])
})

test('paths of the Kubernetes repository are paths of the tree', async () => {
  const { kubernetes, staging } = versions()
  const places = {
    [`k8s.io/apiserver@${staging}/pkg/endpoints/handlers/create.go`]: 'staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go',
    [`k8s.io/kubernetes@${kubernetes}/pkg/registry/core/pod/strategy.go`]: 'pkg/registry/core/pod/strategy.go',
    [`k8s.io/kubernetes@${kubernetes}/plugin/pkg/auth/authorizer/node/node_authorizer.go`]: 'plugin/pkg/auth/authorizer/node/node_authorizer.go',
    'net/http/server.go': 'go/src/net/http/server.go',
    'vendor/golang.org/x/net/idna/idna.go': 'go/src/vendor/golang.org/x/net/idna/idna.go',
  }
  expect(Object.fromEntries(Object.keys(places).map((file) => [file, substitute(file, tree.substitute)]))).toEqual(places)
  expect(substitute('github.com/emicklei/go-restful/v3@v3.13.0/container.go', tree.substitute)).toBe(
    'vendor/github.com/emicklei/go-restful/v3/container.go',
  )
})

test('no two files share a place', () => {
  const targets = tree.substitute.map(([, to]) => to)
  expect(new Set(targets).size).toBe(targets.length)
})

test('the tree shows what runs, with its two changes', async () => {
  const changed = join(tree.source, 'staging/src/k8s.io/apiserver/pkg/endpoints/handlers/rest.go')
  expect(await readFile(changed, 'utf8')).toContain('requestTimeoutUpperBound = 24 * time.Hour')
})

test('licences come with the code', async () => {
  for (const path of ['LICENSE', 'staging/src/k8s.io/apiserver/LICENSE', 'vendor/github.com/emicklei/go-restful/v3/LICENSE']) {
    expect((await stat(join(tree.source, path))).isFile()).toBe(true)
  }
})

test('a finished tree is found again without running Go', async () => {
  expect(await readSourceTree(cache)).toEqual(tree)
  expect(await make()).toEqual(tree)
  expect(listings).toBe(1)
})

test('a cache without a tree has none', async () => {
  expect(await readSourceTree(join(cache, 'nothing'))).toBeNull()
})
