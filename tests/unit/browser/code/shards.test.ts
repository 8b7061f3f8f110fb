/** Shards are loaded once, and what is not there is explained to the reader. */
import { expect, test } from 'vitest'
import { documentation, packageWords } from '../../../../src/browser/code/edge.ts'
import { CodeIndexError, Shards } from '../../../../src/browser/code/shards.ts'

const file = (name: string, kinds: string) => ({ file: name, names: '', kinds, lines: [], more: [], docs: [], codes: '', targets: [] })
const FILES: Record<string, unknown> = {
  // The second shard declares nothing.
  'index.json': { folder: 'key', files: 4, first: ['a.go', 'c.go', 'd.go'], symbols: [0, 5, 5] },
  'key/f0.json': { packages: [], files: [file('a.go', 'ff'), file('b.go', 'ttt')] },
  'key/f1.json': { packages: [], files: [file('c.go', '')] },
  'key/f2.json': { packages: [], files: [file('d.go', 'f')] },
}

function site(answers: Record<string, unknown> | number | Error) {
  const asked: string[] = []
  const get = async (address: string | URL | Request) => {
    const name = String(address).replace('/site/source/code/', '')
    asked.push(name)
    if (answers instanceof Error) throw answers
    if (typeof answers === 'number') return new Response('', { status: answers })
    return answers[name] === undefined ? new Response('', { status: 404 }) : new Response(JSON.stringify(answers[name]))
  }
  return { asked, shards: new Shards('/site/source/code', get) }
}

test('a file is found in its shard, which is loaded once', async () => {
  const { asked, shards } = site(FILES)
  expect(await shards.file('b.go')).toMatchObject({ entry: { file: 'b.go' }, first: 2 })
  expect(await shards.file('a.go')).toMatchObject({ first: 0 })
  expect(await shards.fileOf(4)).toMatchObject({ entry: { file: 'b.go' }, first: 2 })
  expect(asked).toEqual(['index.json', 'key/f0.json'])
})

test('a symbol is found behind files that declare nothing', async () => {
  const { shards } = site(FILES)
  expect(await shards.fileOf(5)).toMatchObject({ entry: { file: 'd.go' }, first: 5 })
})

test('a file that the index does not know is named', async () => {
  const { shards } = site(FILES)
  await expect(shards.file('bb.go')).rejects.toThrow('bb.go is not among the 4 files that the index knows.')
  await expect(shards.file('A.go')).rejects.toThrow(CodeIndexError)
})

test('an index that is not there yet is being built, and is asked for again', async () => {
  const { asked, shards } = site(404)
  await expect(shards.file('a.go')).rejects.toMatchObject({ message: expect.stringContaining('still being built'), later: true })
  await expect(shards.file('a.go')).rejects.toThrow()
  expect(asked).toEqual(['index.json', 'index.json'])
})

test('shards of a site that was built anew are gone, and the reader is told to load the page', async () => {
  const { 'index.json': root } = FILES
  await expect(site({ 'index.json': root }).shards.file('a.go')).rejects.toThrow('load the page again')
})

test('a failing connection and a failing site are told apart', async () => {
  await expect(site(new TypeError('failed')).shards.root()).rejects.toThrow('is the connection gone?')
  await expect(site(503).shards.root()).rejects.toThrow('answered 503')
})

test('what lies beyond is named in words', () => {
  expect(packageWords('fmt')).toBe('package fmt of the standard library')
  expect(packageWords('golang.org/x/net@v0.49.0/websocket')).toBe('package golang.org/x/net/websocket, version v0.49.0')
  expect(packageWords('builtin')).toBe('the language itself')
  expect(documentation('golang.org/x/net@v0.49.0/websocket', 'Dial')).toBe('https://pkg.go.dev/golang.org/x/net@v0.49.0/websocket#Dial')
})
