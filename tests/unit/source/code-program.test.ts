/** The code index of a small program with one of everything: made by the real program, asked by what the page asks it with. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findGo } from '../../../src/pins/go.ts'
import { runProgram } from '../../../src/source/code-index.ts'
import { type OpenIndex, openIndex } from '../../support/code-index.ts'

const MODULE = resolve('tests/fixtures/code-index')
/** As files of a module are called in the debug information. */
const NAMED = 'example.com/code@v1.2.3/'
const MAIN = `${NAMED}main.go`
const files = ['main.go', 'other/other.go'].map((file) => ({ file: NAMED + file, path: join(MODULE, file) }))

let folder = ''
let open: OpenIndex
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'code-index-'))
  const progress: string[] = []
  await runProgram({ module: MODULE, root: '.', files, folder, go: await findGo(process.env), onProgress: (what) => progress.push(what) })
  expect(progress.at(-1)).toMatch(/^indexing the code, package (\d+) of \1$/)
  open = openIndex(folder, new Map(files.map(({ file, path }) => [file, path])))
}, 300_000)
afterAll(() => rm(folder, { recursive: true }))

/** The first line with a text, as `main.go:12`. */
async function placeOf(text: string): Promise<string> {
  const at = (await readFile(join(MODULE, 'main.go'), 'utf8')).split('\n').findIndex((line) => line.includes(text))
  if (at === -1) throw new Error(`${MAIN} has no "${text}".`)
  return `${MAIN}:${at + 1}`
}

test.for([
  // What is asked, and text of the line where it is declared.
  ['a function', '⟦total⟧(shape, &shape)', 'func total('],
  ['a method', 'both.⟦swap⟧()', ') swap()'],
  ['a field of a type', '_ = shape.⟦side⟧', 'type square struct'],
  ['the key of a literal', 'Shape(square{⟦side⟧: größe})', 'type square struct'],
  ['a field of a generic type', '{⟦first⟧: 1', 'type pair[T any]'],
  ['a field that is promoted', 'shape.⟦radius⟧', '	radius int'],
  ['an embedded field, which means its type', '	*⟦circle⟧', 'type circle struct'],
  ['a method of an interface', 'sum += shape.⟦Area⟧()', '	Area() int'],
  ['a name outside ASCII, after others', '{side: ⟦größe⟧}', 'var größe'],
  ['a variable of a type switch', '	shape.⟦onDraw⟧("drawn")', '	onDraw func(string)'],
  ['the variable that a type switch declares', '	⟦shape⟧.onDraw("drawn")', 'switch shape := shape.(type)'],
  ['a variable that hides another', '_, _ = ⟦shape⟧.Area()', 'shape := framed'],
  ['the hidden one, behind its scope', 'func() { total(⟦shape⟧) }()', 'shape := Shape('],
  ['a parameter', 'change(⟦one⟧)', 'range some'],
  ['a type parameter', 'change func(⟦In⟧) Out', 'func mapped['],
  ['a label', 'break ⟦again⟧', 'again:'],
  ['a constant of a group', '0x1e + ⟦smallest⟧', 'smallest = iota'],
  ['an alias', '⟦alias⟧{side: 3}', 'type alias ='],
] as const)('%s leads to its declaration', async ([, asked, declared]) => {
  expect(await open.definition(MAIN, asked)).toBe(await placeOf(declared))
})

test('packages, what is imported with a dot, and what lies outside the set are told apart', async () => {
  expect(await open.definition(MAIN, '	⟦elsewhere⟧.Frame')).toBe('package example.com/code/other')
  expect(await open.definition(MAIN, 'elsewhere.⟦Frame⟧')).toBe(`${NAMED}other/other.go:5`)
  expect(await open.definition(MAIN, 'onDraw: ⟦Draw⟧}')).toBe(`${NAMED}other/other.go:8`)
  expect(await open.definition(MAIN, 'shape.⟦Width⟧)')).toBe(`${NAMED}other/other.go:5`)
  // Behind a comment, and a string, with the same word; behind a raw string of two lines.
  expect(await open.definition(MAIN, '⟦println⟧("größe"')).toBe('outside: builtin')
  expect(await open.definition(MAIN, '+ ⟦string⟧(')).toBe('outside: builtin')
  expect(await open.definition(MAIN, '⟦errors⟧.New')).toBe('package errors')
  expect(await open.definition(MAIN, 'errors.⟦New⟧')).toBe('outside: errors')
  expect(await open.definition(MAIN, 'err.⟦Error⟧()')).toBe('outside: builtin')
  expect(await open.definition(MAIN, 'package ⟦main⟧')).toBe('nothing')
})

test('types implement by value, by pointer, and by what they embed; generic ones too', async () => {
  const by = async (name: string) => (await open.list(MAIN, name, 'by')).map((row) => row.split(' ')[0])
  expect(await by('Shape')).toEqual(['square', '*circle', 'framed'])
  expect(await by('Named')).toEqual(['*circle', 'framed'])
  expect(await by('Shape.Area')).toEqual(['square.Area', '(*circle).Area'])
  expect(await by('Keeper')).toEqual(['*shelf', 'cellar'])
  expect(await by('Keeper.Keep')).toEqual(['(*shelf[...]).Keep'])
  const of = async (name: string) => (await open.list(MAIN, name, 'of')).map((row) => row.split(' ')[0])
  expect(await of('framed')).toEqual(['code.Shape', 'code.Named'])
  expect(await of('(*circle).Area')).toEqual(['code.Shape.Area'])
  const area = await open.symbol(MAIN, 'Shape.Area')
  expect((await open.index.rows(area, 'by', 0, 9)).map(({ heirs }) => heirs)).toEqual([0, 1])
})

test('calls are direct, through interfaces, or only mentions', async () => {
  const who = async (name: string, relation: 'calls' | 'mentions' | 'through') =>
    (await open.list(MAIN, name, relation)).map((row) => row.split(' ')[0])
  expect(await who('total', 'calls')).toEqual(['handler', 'main', 'main'])
  expect(await who('total', 'mentions')).toEqual(['init.0'])
  expect(await who('(*circle).Area', 'through')).toEqual(['total'])
  expect(await who('(*circle).Area', 'calls')).toEqual(['main'])
  expect(await who('square.Area', 'calls')).toEqual(['main'])
  expect(await who('(*pair[...]).swap', 'calls')).toEqual(['main'])
  expect(await who('(*pair[...]).swap', 'mentions')).toEqual(['main', 'main'])
  expect(await who('mapped[...]', 'calls')).toEqual(['main', 'main'])
  expect(await who('circle.onDraw', 'calls')).toEqual(['main'])
  expect(await who('circle.onDraw', 'mentions')).toEqual(['main', 'main'])
})

test('signature and doc are cut out of the text', async () => {
  const words = async (name: string) => await open.index.words(await open.symbol(MAIN, name))
  expect(await words('square.Area')).toEqual({ signature: ['func (s square) Area() int'], cut: false, doc: ['Area implements Shape.'] })
  expect(await words('Shape.Area')).toMatchObject({ signature: ['func (Shape) Area() int'], doc: ['Area is in square units.'] })
  expect(await words('smallest')).toMatchObject({ signature: ['const smallest = iota'], doc: ['smallest has a comment of its own.'] })
  expect((await words('Keeper')).signature).toEqual(['type Keeper[T any] interface {', '\tKeep(T) error', '}'])
})

test('code that does not type-check is an error that names the place', async () => {
  const broken = await mkdtemp(join(tmpdir(), 'code-index-'))
  try {
    const module = resolve('tests/fixtures/programs/broken')
    const run = runProgram({
      module,
      root: '.',
      files: [{ file: 'main.go', path: join(module, 'main.go') }],
      folder: broken,
      go: await findGo(process.env),
    })
    await expect(run).rejects.toThrow(/index the code of the API server.*main\.go:\d+/s)
  } finally {
    await rm(broken, { recursive: true })
  }
}, 120_000)
