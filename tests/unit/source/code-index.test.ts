/** The code index of the real pins: facts that were found by reading the source, and rules that hold for every identifier. One run of the program serves all. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Identifier, identifiersOf } from '../../../src/browser/code/identifiers.ts'
import { type Meaning, meaningsOf } from '../../../src/browser/code/meanings.ts'
import type { FileShard, ListShard, Root } from '../../../src/browser/code/shapes.ts'
import { type CodeSymbol, symbolsOf } from '../../../src/browser/code/symbols.ts'
import { findGo } from '../../../src/pins/go.ts'
import { hasPage } from '../../../src/source/address.ts'
import { putCodeIndex } from '../../../src/source/code-in-site.ts'
import { buildCodeIndex } from '../../../src/source/code-index.ts'
import { pinnedFiles } from '../../../src/source/pinned-files.ts'
import { type OpenIndex, openIndex } from '../../support/code-index.ts'

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'follow-the-request')

let folder = ''
let open: OpenIndex
/** Names in the debug information by the same without versions, and paths by name. */
const names = new Map<string, string>()
let paths: ReadonlyMap<string, string>

beforeAll(async () => {
  const files = (await pinnedFiles()).filter(hasPage)
  for (const { file } of files) names.set(unversioned(file), file)
  paths = new Map(files.map(({ file, path }) => [file, path]))
  folder = await buildCodeIndex({ cache, go: await findGo(process.env) })
  open = openIndex(folder, paths)
}, 900_000)

const unversioned = (text: string) => text.replace(/@v[^/:]+/, '')

/** The file meant by a name without version; `server/x.go` is in k8s.io/apiserver/pkg. */
function named(short: string): string {
  const found = names.get(short) ?? names.get(`k8s.io/apiserver/pkg/${short}`) ?? names.get(`k8s.io/kubernetes/pkg/${short}`)
  if (found === undefined) throw new Error(`No file is called ${short}.`)
  return found
}

/** The only line of a file with a text, as `file:12`. */
async function placeOf(short: string, text: string): Promise<string> {
  const file = named(short)
  const lines = (await readFile(paths.get(file) ?? '', 'utf8')).split('\n').flatMap((line, at) => (line.includes(text) ? [at + 1] : []))
  if (lines.length !== 1) throw new Error(`"${text}" is on ${lines.length} lines of ${file}.`)
  return `${file}:${lines[0]}`
}

const STORE = 'storage/etcd3/store.go'
const REGISTRY = 'registry/generic/registry/store.go'
const POD = 'k8s.io/kubernetes/pkg/registry/core/pod/storage/storage.go'
const STRATEGY = 'k8s.io/kubernetes/pkg/registry/core/pod/strategy.go'
const META = 'k8s.io/apimachinery/pkg/apis/meta/v1/types.go'
const CONFIG = 'server/config.go'

test.for([
  // A name where it stands; the file and the text of the line that declares it.
  [STORE, 'if version, err := s.⟦versioner⟧.Object', STORE, '	versioner          storage.Versioner'],
  [STORE, 'if version, err := s.versioner.⟦ObjectResourceVersion⟧', 'storage/interfaces.go', '	ObjectResourceVersion(obj runtime.Object)'],
  [STORE, 'err == nil && ⟦version⟧ != 0', STORE, 'if version, err := s.versioner.ObjectResourceVersion'],
  [STORE, '⟦TransformToStorage⟧(ctx, data, authenticatedDataString(preparedKey))', 'storage/value/transformer.go', '	TransformToStorage(ctx'],
  [STORE, 'transformContext := ⟦authenticatedDataString⟧(', STORE, 'type authenticatedDataString string'],
  [STORE, '⟦OptimisticPut⟧(ctx, preparedKey, newData, 0', 'go.etcd.io/etcd/client/v3/kubernetes/interface.go', '	OptimisticPut(ctx'],
  [
    STORE,
    's.client.⟦Kubernetes⟧.OptimisticPut(ctx, preparedKey, newData, 0',
    'go.etcd.io/etcd/client/v3/kubernetes/client.go',
    '	Kubernetes Interface',
  ],
  [STORE, '⟦LeaseID⟧: lease})', 'go.etcd.io/etcd/client/v3/kubernetes/interface.go', '	LeaseID clientv3.LeaseID'],
  [REGISTRY, '			if err := rest.⟦BeforeCreate⟧(e.CreateStrategy', 'registry/rest/create.go', 'func BeforeCreate('],
  [REGISTRY, 'e.Storage.⟦Create⟧(ctx, key, obj, out, ttl', 'registry/generic/registry/dryrun.go', 'func (s *DryRunnableStorage) Create('],
  [POD, '	*genericregistry.⟦Store⟧', REGISTRY, 'type Store struct {'],
  [POD, 'store.⟦CompleteWithOptions⟧(options)', REGISTRY, 'func (e *Store) CompleteWithOptions('],
  [POD, 'statusStore.⟦UpdateStrategy⟧ = registrypod.StatusStrategy', REGISTRY, '	UpdateStrategy rest.RESTUpdateStrategy'],
  // Promoted from an embedded type of another package.
  [STRATEGY, '	pod.⟦Generation⟧ = 1', META, '	Generation int64 `json:"generation,omitempty" protobuf:"varint,7'],
  [STRATEGY, '	pod.⟦Status⟧ = api.PodStatus{', 'k8s.io/kubernetes/pkg/apis/core/types.go', null],
  // The variable of a type switch, and the interface it is compared with.
  [
    'endpoints/handlers/responsewriters/status.go',
    'status := ⟦t⟧.Status()',
    'endpoints/handlers/responsewriters/status.go',
    'switch t := err.(type) {',
  ],
  [
    'endpoints/handlers/responsewriters/status.go',
    'status := t.⟦Status⟧()',
    'endpoints/handlers/responsewriters/status.go',
    '	Status() metav1.Status',
  ],
  ['storage/cacher/cacher.go', '&⟦err⟧.ErrStatus', 'storage/cacher/cacher.go', 'switch err := err.(type) {'],
  ['storage/cacher/cacher.go', '&err.⟦ErrStatus⟧', 'k8s.io/apimachinery/pkg/api/errors/errors.go', '	ErrStatus metav1.Status'],
  // A field that holds a function, a function that is a value, a call of an outer function's parameter.
  [CONFIG, 'return c.⟦BuildHandlerChainFunc⟧(handler, c.Config)', CONFIG, '	BuildHandlerChainFunc func('],
  [CONFIG, 'BuildHandlerChainFunc:          ⟦DefaultBuildHandlerChain⟧', CONFIG, 'func DefaultBuildHandlerChain('],
  [CONFIG, 'genericapifilters.⟦WithAuthorization⟧(', 'endpoints/filters/authorization.go', 'func WithAuthorization('],
  // Generic functions, an alias, a method of a generic type.
  ['endpoints/request/requestinfo.go', 'var specialVerbs = sets.⟦NewString⟧', 'k8s.io/apimachinery/pkg/util/sets/string.go', 'func NewString('],
  ['net/http/server.go', '	⟦f⟧(w, r)', 'net/http/server.go', 'func (f HandlerFunc) ServeHTTP('],
] as const)('%s: %s', async ([file, text, declaredIn, declared]) => {
  const found = open.definition(named(file), text)
  if (declared === null) expect(await found).toMatch(new RegExp(`^${named(declaredIn)}:\\d+$`))
  else expect(await found).toBe(await placeOf(declaredIn, declared))
})

/** Rows without versions and lines. */
async function rows(file: string, name: string, relation: Parameters<OpenIndex['list']>[2]): Promise<string[]> {
  return (await open.list(named(file), name, relation)).map((row) => unversioned(row).replace(/:\d+$/, ''))
}

/** The names only, each once, sorted. */
async function who(...asked: Parameters<typeof rows>): Promise<string[]> {
  return [...new Set((await rows(...asked)).map((row) => row.split(' ')[0] ?? ''))].sort()
}

test('who implements storage.Interface, and by which methods', async () => {
  expect(await who('storage/interfaces.go', 'Interface', 'by')).toEqual(['*CacheDelegator', '*corruptObjectDeleter', '*store'])
  expect(await who('storage/interfaces.go', 'Interface.Create', 'by')).toEqual(['(*CacheDelegator).Create', '(*store).Create'])
  // It embeds storage.Interface and has a Get of its own.
  expect(await who('storage/interfaces.go', 'Interface.Get', 'by')).toContain('(*corruptObjectDeleter).Get')
  expect(await who('storage/interfaces.go', 'Interface.Delete', 'by')).not.toContain('(*corruptObjectDeleter).Delete')
  expect(await who(STORE, 'store', 'of')).toContain('storage.Interface')
})

test('(*store).Create is called by nobody but through storage.Interface', async () => {
  expect(await who(STORE, '(*store).Create', 'calls')).toEqual([])
  expect(await who(STORE, '(*store).Create', 'through')).toEqual(['(*CacheDelegator).Create', '(*DryRunnableStorage).Create'])
  expect(await who(STORE, '(*store).Create', 'of')).toEqual(['storage.Interface.Create'])
  expect(await open.index.rows(await open.symbol(named(STORE), '(*store).Create'), 'through', 0, 1)).toMatchObject([
    { via: 'storage.Interface.Create' },
  ])
})

test('who implements authorizer.Authorizer', async () => {
  expect(await who('authorization/authorizer/interfaces.go', 'Authorizer', 'by')).toEqual(
    [
      ...['*NodeAuthorizer', '*RBACAuthorizer', '*WebhookAuthorizer', '*cachingAuthorizer', '*instrumentedAuthorizer', '*metricsAuthorizer'],
      ...['*privilegedGroupAuthorizer', '*reloadableAuthorizerResolver', 'AuthorizerFunc', 'PolicyList', 'alwaysAllowAuthorizer'],
      ...['alwaysDenyAuthorizer', 'fakeAuthorizer', 'unionAuthzHandler'],
    ].sort(),
  )
})

test('who implements authenticator.Request', async () => {
  const all = await who('authentication/authenticator/interfaces.go', 'Request', 'by')
  for (const one of [
    'RequestFunc',
    '*unionAuthRequestHandler',
    '*requestHeaderAuthRequestHandler',
    '*GroupAdder',
    '*AuthenticatedGroupAdder',
    '*Verifier',
    'InsecureSuperuser',
  ]) {
    expect(all).toContain(one)
  }
  // Three packages call theirs Authenticator; a token's authenticator is no request's.
  expect((await rows('authentication/authenticator/interfaces.go', 'Request', 'by')).filter((row) => row.startsWith('*Authenticator '))).toEqual([
    '*Authenticator k8s.io/apiserver/pkg/authentication/request/anonymous/anonymous.go',
    '*Authenticator k8s.io/apiserver/pkg/authentication/request/bearertoken/bearertoken.go',
    '*Authenticator k8s.io/apiserver/pkg/authentication/request/x509/x509.go',
  ])
})

test('who implements admission.ValidationInterface', async () => {
  const all = await who('admission/interfaces.go', 'ValidationInterface', 'by')
  for (const one of ['chainAdmissionHandler', '*LimitRanger', '*QuotaAdmission', '*AlwaysPullImages', '*RuntimeClass', 'alwaysDeny', '*reinvoker'])
    expect(all).toContain(one)
  // It only mutates.
  expect(await who('k8s.io/kubernetes/plugin/pkg/admission/defaulttolerationseconds/admission.go', 'Plugin', 'of')).not.toContain(
    'admission.ValidationInterface',
  )
  expect(await who('k8s.io/kubernetes/plugin/pkg/admission/defaulttolerationseconds/admission.go', 'Plugin', 'of')).toContain(
    'admission.MutationInterface',
  )
})

test('who implements rest.StandardStorage: the store, and what embeds it', async () => {
  const all = await rows('registry/rest/rest.go', 'StandardStorage', 'by')
  expect(all).toContain('*Store k8s.io/apiserver/pkg/registry/generic/registry/store.go')
  // By value, since the embedded store is a pointer.
  expect(all).toContain('REST k8s.io/kubernetes/pkg/registry/core/pod/storage/storage.go')
  expect(all).toContain('*Storage k8s.io/kubernetes/pkg/registry/rbac/role/policybased/storage.go')
  // It cannot delete collections.
  expect(all.join()).not.toContain('core/namespace/storage')
  // The method of the many is the one of the store that they embed.
  const [first] = await open.index.rows(await open.symbol(named('registry/rest/rest.go'), 'Creater.Create'), 'by', 0, 1)
  expect(first).toMatchObject({ name: '(*Store).Create', file: named(REGISTRY) })
  expect(first?.heirs).toBeGreaterThan(50)
  expect(await who('registry/rest/rest.go', 'Creater.Create', 'by')).toEqual([
    '(*LegacyBindingREST).Create',
    '(*REST).Create',
    '(*Storage).Create',
    '(*Store).Create',
  ])
})

test('who calls (*Store).Create', async () => {
  expect(await rows(REGISTRY, '(*Store).Create', 'calls')).toEqual([
    '(*REST).Create k8s.io/kubernetes/pkg/registry/core/namespace/storage/storage.go',
  ])
  expect(await who(REGISTRY, '(*Store).Create', 'through')).toEqual(['(*Storage).Create', '(*namedCreaterAdapter).Create'])
})

test('where ServeHTTP of http.Handler is implemented', async () => {
  const all = await rows('net/http/server.go', 'Handler.ServeHTTP', 'by')
  for (const [name, file] of [
    ['HandlerFunc.ServeHTTP', 'net/http/server.go'],
    ['(*ServeMux).ServeHTTP', 'net/http/server.go'],
    ['(*APIServerHandler).ServeHTTP', 'k8s.io/apiserver/pkg/server/handler.go'],
    ['director.ServeHTTP', 'k8s.io/apiserver/pkg/server/handler.go'],
    ['(*timeoutHandler).ServeHTTP', 'k8s.io/apiserver/pkg/server/filters/timeout.go'],
    ['(*timeoutHandler).ServeHTTP', 'net/http/server.go'],
    ['(*proxyHandler).ServeHTTP', 'k8s.io/kube-aggregator/pkg/apiserver/handler_proxy.go'],
    ['(*apisHandler).ServeHTTP', 'k8s.io/kube-aggregator/pkg/apiserver/handler_apis.go'],
    ['(*Container).ServeHTTP', 'github.com/emicklei/go-restful/v3/container.go'],
    ['(*PathRecorderMux).ServeHTTP', 'k8s.io/apiserver/pkg/server/mux/pathrecorder.go'],
  ]) {
    expect(all).toContain(`${name} ${file}`)
  }
})

test('callers and mentions of functions on the way of a request', async () => {
  expect(await who('endpoints/filters/authorization.go', 'WithAuthorization', 'calls')).toEqual(['DefaultBuildHandlerChain'])
  expect(await who('registry/rest/create.go', 'BeforeCreate', 'calls')).toEqual(['(*Store).Update', '(*Store).create'])
  expect(await who('server/handler.go', 'NewAPIServerHandler', 'calls')).toEqual(['completedConfig.New'])
  expect(await who(CONFIG, 'DefaultBuildHandlerChain', 'calls')).toEqual(['BuildHandlerChainWithStorageVersionPrecondition'])
  expect(await who(CONFIG, 'DefaultBuildHandlerChain', 'mentions')).toEqual(['NewConfig'])
  expect(await who(CONFIG, 'Config.BuildHandlerChainFunc', 'calls')).toEqual(['completedConfig.New'])
  expect(await who(CONFIG, 'Config.BuildHandlerChainFunc', 'mentions')).toEqual(['CreateAggregatorConfig', 'NewConfig'])
  expect(await who(STRATEGY, 'podStrategy.PrepareForCreate', 'through')).toContain('BeforeCreate')
})

test('a function of a generic type is one, whatever it is used with', async () => {
  const insert = await open.symbol(named('k8s.io/apimachinery/pkg/util/sets/set.go'), 'Set[...].Insert')
  expect((await open.index.counts(insert)).calls).toBeGreaterThan(100)
})

test('long lists come page by page, and no entry twice', async () => {
  const object = await open.symbol(named('k8s.io/apimachinery/pkg/runtime/interfaces.go'), 'Object')
  const { by } = await open.index.counts(object)
  // Every type with a DeepCopyObject; ten get it from a type that they embed.
  const copies = await open.index.counts(await open.symbol(named('k8s.io/apimachinery/pkg/runtime/interfaces.go'), 'Object.DeepCopyObject'))
  expect([copies.by, by]).toEqual([await declarations(/^func \(.*\) DeepCopyObject\(\) /), 655])
  const before = open.loaded.filter((name) => name.startsWith('l')).length
  const first = await open.index.rows(object, 'by', 0, 20)
  expect(open.loaded.filter((name) => name.startsWith('l'))).toHaveLength(before)
  const pages = await Promise.all(Array.from({ length: Math.ceil(by / 20) }, (_, page) => open.index.rows(object, 'by', page * 20, 20)))
  const all = pages.flat().map(({ name, file }) => `${name} ${file}`)
  expect(new Set(all).size).toBe(by)
  expect(pages[0]).toEqual(first)
})

test('what lies outside the set is named, with its version', async () => {
  expect(await open.definition(named(STORE), 'fmt.⟦Errorf⟧("resourcePrefix cannot be empty')).toBe('outside: fmt')
  expect(await open.definition(named('endpoints/handlers/create.go'), 'span.AddEvent("limitedReadBody succeeded", attribute.⟦Int⟧(')).toMatch(
    /^outside: go\.opentelemetry\.io\/otel@v[\d.]+\/attribute$/,
  )
  await expect(open.index.at('runtime/proc.go', 1, 0)).rejects.toThrow('runtime/proc.go is not among the 5,716 files that the index knows.')
})

/** A file of the index with what is made of it, and the number of its first symbol. */
interface Whole {
  file: string
  first: number
  identifiers: readonly Identifier[]
  meanings: readonly Meaning[]
  symbols: readonly CodeSymbol[]
}

async function* everyFile(): AsyncGenerator<Whole> {
  const { first: shards }: Root = await read('index.json')
  let first = 0
  for (const at of shards.keys()) {
    const shard: FileShard = await read(`f${at}.json`)
    for (const entry of shard.files) {
      const text = await readFile(paths.get(entry.file) ?? '', 'utf8')
      const identifiers = identifiersOf(text.replace(/\n$/, '').split('\n'))
      const symbols = symbolsOf(entry, first)
      yield { file: entry.file, first, identifiers, meanings: meaningsOf(shard, entry, first, identifiers), symbols }
      first += symbols.length
    }
  }
}

async function read<Shape>(name: string): Promise<Shape> {
  return JSON.parse(await readFile(join(folder, name), 'utf8'))
}

test('every identifier has the name of what it means, every declaration stands where it is said to be, and every use of a function is a call or a mention', async () => {
  const all: CodeSymbol[] = []
  const uses: { name: string; id: number; at: string; declared: boolean }[] = []
  const wrong: string[] = []
  for await (const { file, first, identifiers, meanings, symbols } of everyFile()) {
    all.push(...symbols)
    const declared = new Set<number>()
    for (const [at, meaning] of meanings.entries()) {
      const { name = '', line = 0 } = identifiers[at] ?? {}
      if (meaning.is === 'outside' && inSet(meaning.folder)) wrong.push(`${file}:${line} ${name} is not known, though its package is of the set`)
      if (meaning.is !== 'symbol') continue
      const declares = symbols[meaning.id - first]?.line === line && !declared.has(meaning.id)
      if (declares) declared.add(meaning.id)
      uses.push({ name, id: meaning.id, at: `${file}:${line}`, declared: declares })
    }
    // An embedded field means its type.
    for (const one of symbols) if (one.kind !== 'field' && !declared.has(one.id)) wrong.push(`${one.name} is not at ${file}:${one.line}`)
  }
  const counted = new Map<number, number>()
  for (const { name, id, at, declared } of uses) {
    const symbol = all[id]
    const spelled = symbol?.name.replaceAll('[...]', '').replace(/^.*\.(?!\d)|\.\d+$/g, '')
    if (spelled !== name) wrong.push(`${at} ${name} is ${symbol?.name}`)
    if (!declared) counted.set(id, (counted.get(id) ?? 0) + 1)
  }
  const { first: shards }: Root = await read('index.json')
  const listed = new Map<number, number>()
  for (const at of shards.keys()) {
    const { lists }: ListShard = await read(`r${at}.json`)
    for (const list of [lists.calls, lists.mentions]) {
      for (const [id, [total = 0]] of Object.entries(list ?? {})) listed.set(Number(id), (listed.get(Number(id)) ?? 0) + total)
    }
  }
  for (const { id, kind, name, file } of all) {
    const sites = [listed.get(id) ?? 0, counted.get(id) ?? 0]
    if (['function', 'method', 'interface method'].includes(kind) && sites[0] !== sites[1])
      wrong.push(`${name} of ${file} has ${sites.join(' of ')} uses`)
  }
  expect(wrong.slice(0, 20)).toEqual([])
  expect(uses.length).toBeGreaterThan(700_000)
}, 300_000)

function inSet(folder: string): boolean {
  const { module = 'std', inside = `/${folder}` } = /^(?<module>[^@]+)@[^/]+(?<inside>\/.*)?$/.exec(folder)?.groups ?? {}
  return folder !== 'builtin' && hasPage({ module, inside: `${inside.slice(1)}/x.go` })
}

/** How many lines of all files match. */
async function declarations(pattern: RegExp): Promise<number> {
  const texts = await Promise.all([...paths.values()].map((path) => readFile(path, 'utf8')))
  return texts.reduce((sum, text) => sum + text.split('\n').filter((line) => pattern.test(line)).length, 0)
}

test('the index is small, and what one file needs of it smaller', async () => {
  const sizes = await Promise.all(
    (await readdir(folder)).filter((name) => name.endsWith('.json')).map(async (name) => ({ name, bytes: (await stat(join(folder, name))).size })),
  )
  expect(sizes.length).toBeLessThan(300)
  expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(20e6)
  for (const { name } of sizes) expect(gzipSync(await readFile(join(folder, name))).length, name).toBeLessThan(100_000)
})

test('a site has one index or none, whole, and what was there before is gone', async () => {
  const site = await mkdtemp(join(tmpdir(), 'code-site-'))
  afterAll(() => rm(site, { recursive: true }))
  const place = join(site, 'source/code')
  await putCodeIndex(folder, site)
  // As a run that was killed leaves it, beside an index of other pins.
  const [name = ''] = (await readdir(place)).filter((one) => one !== 'index.json')
  await putCodeIndex(folder, site)
  for (const other of ['.unfinished', 'other']) await mkdir(join(place, other))
  await writeFile(join(place, '.unfinished', 'index.json'), '{')
  await putCodeIndex(folder, site)
  expect((await readdir(place)).sort()).toEqual([name, 'index.json'].sort())
  expect(JSON.parse(await readFile(join(place, 'index.json'), 'utf8'))).toMatchObject({ folder: name, files: 5716 })
  expect(await readdir(join(place, name))).toContain('f0.json')
})
