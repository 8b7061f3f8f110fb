/** Names and lines of functions, compared with what the compiler wrote into real programs. */
import { mkdtemp, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { builtAlready } from '../../../src/pins/built-already.ts'
import { runChild } from '../../../src/pins/child.ts'
import { findGo } from '../../../src/pins/go.ts'
import { kubernetesPrograms } from '../../../src/pins/groups.ts'
import { functionsOf, functionsOfAll, withoutTypeArguments } from '../../../src/source/functions.ts'
import { pinnedFiles } from '../../../src/source/pinned-files.ts'
import { type DebugFunction, debugFunctions } from '../../support/debug-functions.ts'

const FIXTURE = resolve('tests/fixtures/named-functions')
const FILES = ['main.go', 'other.go', 'declared.go'].map((name) => join(FIXTURE, name))

test('every kind of function is named and placed as the compiler does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'named-functions-'))
  try {
    const { path: command, environment } = await findGo(process.env)
    const program = join(folder, 'program')
    const args = ['build', '-gcflags=-N -l', '-o', program, '.']
    expect(await runChild({ command, args, directory: FIXTURE, environment })).toMatchObject({ code: 0 })
    const real = (await debugFunctions(program, FIXTURE)).map(({ name, file, line }) => `${file}:${line} ${withoutTypeArguments(name)}`)
    const ours = [...(await functionsOf(FILES)).values()].flatMap(({ path, functions }) =>
      functions.map(({ name, from }) => `${path}:${from} main.${withoutTypeArguments(name)}`),
    )
    // The debug information has one entry for each set of type arguments, and none for what is never called.
    expect(new Set(real).size).toBeGreaterThan(20)
    expect(ours).toEqual(expect.arrayContaining(real))
  } finally {
    await rm(folder, { recursive: true })
  }
}, 120_000)

test('types are told with their lines, and an interface with the methods it names itself', async () => {
  const of = (await functionsOf(FILES)).get(FILES[2] ?? '')
  expect(of?.generated).toBe(true)
  expect(of?.types).toEqual([
    {
      name: 'counter',
      kind: 'interface',
      from: 6,
      to: 12,
      methods: [
        { name: 'Count', line: 8 },
        { name: 'Reset', line: 11 },
      ],
    },
    { name: 'store2', kind: 'interface', from: 15, to: 15, methods: [{ name: 'Stored', line: 15 }] },
    { name: 'alias', kind: 'alias', from: 17, to: 17, methods: [] },
    { name: 'number', kind: 'type', from: 19, to: 19, methods: [] },
  ])
})

test('many packages are read at once, each as if alone', async () => {
  const etcd3 = (await pinnedFiles()).filter((file) => file.package === 'k8s.io/apiserver/pkg/storage/etcd3').map(({ path }) => path)
  const both = await functionsOfAll([FILES, etcd3])
  expect([...both.keys()]).toEqual([...FILES, ...etcd3])
  expect(new Map([...both].slice(0, FILES.length))).toEqual(await functionsOf(FILES))
  expect(both.get(etcd3.find((path) => path.endsWith('/store.go')) ?? '')?.functions.map(({ name }) => name)).toContain('(*store).Create')
})

test('a file that does not parse is named', async () => {
  await expect(functionsOfAll([FILES, [resolve('package.json')]])).rejects.toThrow('package.json')
})

test('type arguments are left open', async () => {
  const names = (await functionsOf(FILES)).get(FILES[0] ?? '')?.functions.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['mapped[...]', 'mapped[...].func1', '(*pair[...]).swap', '(*pair[...]).swap.func2']))
  expect(withoutTypeArguments('(*pair[go.shape.int,map[string]int]).swap.func2')).toBe('(*pair).swap.func2')
})

test('statements of a closure are its own, and a function that ends without return halts at its brace', async () => {
  const functions = (await functionsOf(FILES)).get(FILES[0] ?? '')?.functions ?? []
  const outer = functions.find(({ name }) => name === '(*store).set')
  const inner = functions.find(({ name }) => name === '(*store).set.func1')
  const from = outer?.from ?? 0
  expect(outer).toMatchObject({ to: from + 6, statements: [from, from + 1, from + 5, from + 6] })
  expect(inner).toMatchObject({ from: from + 1, to: from + 4, statements: [from + 2, from + 3, from + 4] })
  const returning = functions.find(({ name }) => name === 'mapped[...]')
  expect(returning?.statements).not.toContain(returning?.to)
})

const built = builtAlready({
  groups: [kubernetesPrograms],
  cache: join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'follow-the-request'),
})

/** Packages with many closures, package-level ones, generics and `init` among them. */
const PACKAGES = ['endpoints/handlers', 'endpoints/filters', 'server', 'storage/etcd3', 'admission/plugin/policy/generic', 'cel/environment']

test.for(PACKAGES)('all functions of k8s.io/apiserver/pkg/%s are named as in the real binary', { timeout: 120_000 }, async (name, { skip }) => {
  const files = (await pinnedFiles()).filter((file) => file.package === `k8s.io/apiserver/pkg/${name}`)
  const functions = await functionsOf(files.map(({ path }) => path))
  const ours = files.flatMap((file) =>
    (functions.get(file.path)?.functions ?? []).map(({ name, from }) => `${file.file}:${from} ${file.package}.${withoutTypeArguments(name)}`),
  )
  if (!(await built)) return skip('kube-apiserver is not built yet: npm start builds it')
  const real = await realFunctions()
  const names = real
    .filter(({ file }) => files.some((one) => one.file === file))
    .map(({ name, file, line }) => `${file}:${line} ${withoutTypeArguments(name)}`)
  expect(names.length).toBeGreaterThan(10)
  expect(names.filter((name) => !ours.includes(name))).toEqual([])
})

let all: Promise<DebugFunction[]> | undefined

/** Functions of the API server's module in the built kube-apiserver. */
async function realFunctions(): Promise<DebugFunction[]> {
  all ??= built.then(async (built) => {
    const functions = await debugFunctions(built?.programs['kube-apiserver'] ?? '', 'k8s.io/apiserver@')
    // The body of `for … range f` over a function is one of its own to the compiler; its lines are those of the function it is in.
    return functions.filter(({ name }) => !/-range\d/.test(name))
  })
  return await all
}
