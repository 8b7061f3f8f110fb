/** Holds the table of rooms: which room may import which, as the README draws it. */
import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** A room, and the rooms it may import. A file named after a colon is the one door into that room. */
const mayImport: Record<string, readonly string[]> = {
  protocol: ['delve/state.ts'],
  book: ['delve/state.ts'],
  pins: [],
  delve: [],
  sandbox: ['pins'],
  source: ['book', 'pins'],
  relay: ['protocol', 'book', 'pins', 'sandbox', 'delve'],
  verify: ['book', 'pins', 'source', 'sandbox', 'delve'],
  browser: [
    'protocol',
    'book/check',
    'book/walk.ts',
    'book/recording.ts',
    'delve/state.ts',
    'source/address.ts',
    'source/function-list-format.ts',
    'source/near.ts',
    'source/page/text.ts',
    'source/page/data.ts',
    'book/drift.ts',
    'styles',
  ],
  pages: ['layouts', 'components', 'styles', 'book', 'source', 'browser', 'delve/state.ts'],
  layouts: ['components', 'styles', 'book', 'source', 'browser', 'delve/state.ts'],
  components: ['styles', 'book', 'source', 'browser', 'delve/state.ts'],
  styles: [],
}

/** In the page these rooms give their types only, so that no schema library reaches a reader. */
const typesOnly = ['protocol', 'book/walk.ts', 'book/recording.ts', 'book/drift.ts', 'delve/state.ts', 'source/page/data.ts']

type Import = { from: string; to: string; typeOnly: boolean }

async function importsBetweenRooms(): Promise<Import[]> {
  const found: Import[] = []
  for await (const file of glob('src/*/**/*.{ts,mjs,astro}')) {
    const text = readFileSync(file, 'utf8')
    for (const match of text.matchAll(
      /(?:import|export)(\s+type)?\s[^'"]*?from\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)|import\s+['"](\.[^'"]+)['"]|new URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g,
    )) {
      const target = match[2] ?? match[3] ?? match[4] ?? match[5] ?? ''
      found.push({ from: file, to: normalize(join(dirname(file), target)), typeOnly: match[1] !== undefined })
    }
  }
  return found
}

const room = (file: string) => file.split('/')[1] ?? ''
const within = (file: string, door: string) => file === `src/${door}` || file.startsWith(`src/${door}/`)

test('every room under src is in the table', async () => {
  const rooms = new Set<string>()
  for await (const file of glob('src/*/**/*.{ts,mjs,astro,go,css}')) rooms.add(room(file))
  expect([...rooms].filter((name) => !(name in mayImport))).toEqual([])
})

test('no room imports a room it may not', async () => {
  const breaches = (await importsBetweenRooms()).filter(({ from, to }) => {
    if (!to.startsWith('src/') || room(from) === room(to)) return false
    return !(mayImport[room(from)] ?? []).some((door) => within(to, door))
  })
  expect(breaches.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
})

test('the page takes only types from the rooms that hold schemas', async () => {
  const breaches = (await importsBetweenRooms()).filter(
    ({ from, to, typeOnly }) => room(from) === 'browser' && !typeOnly && typesOnly.some((door) => within(to, door)),
  )
  expect(breaches.map(({ from, to }) => `${from} imports more than types from ${to}`)).toEqual([])
})

test('only programs read arguments, environment, signals and exit codes', async () => {
  const readers: string[] = []
  for await (const file of glob('src/**/*.{ts,mjs}')) {
    // Pages are rendered inside Astro's own program, which hands nothing on: there Go is found by the environment Astro was started with.
    if (['src/main.ts', 'src/bootstrap.mjs', 'src/pins/go.ts'].includes(file)) continue
    if (/process\.(argv|env|exit|exitCode|on|once)\b/.test(readFileSync(file, 'utf8'))) readers.push(file)
  }
  expect(readers).toEqual([])
})
