/** The commands of the founding text, and what answers them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answersOf, loadFounding } from '../../../src/book/founding.ts'
import { loadBook } from '../../../src/book/load.ts'

let content = ''
beforeEach(async () => {
  content = await mkdtemp(join(tmpdir(), 'founding-test-'))
  await mkdir(join(content, 'one'))
  await writeFile(
    join(content, 'book.yaml'),
    'home: one\nstages: [{ id: etcd, name: etcd, chapter: one }]\nchapters: [{ id: one, title: One, summary: S., stages: [etcd], minutes: 5 }]\n',
  )
  await writeFile(
    join(content, 'founding.yaml'),
    '- { id: seed-01-01, section: First, text: p key }\n- { id: seed-01-02, section: First, text: "b store.go:Create" }\n- { id: seed-01-03, section: First, text: c }\n',
  )
  await writeFile(
    join(content, 'one/walks.yaml'),
    `stops: []
walks:
  - id: walk
    title: A walk
    steps:
      - { id: key, title: Ask, terminal: debugger, type: p key, answers: [seed-01-01], promises: [{ says: pods }] }
  - id: read
    kind: errata
    title: Wrong
    steps:
      - { id: create, title: Wrong, terminal: debugger, type: 'b store.go:Create', promises: [{ says: Malformed }] }
`,
  )
  await text('<Erratum seed="seed-01-02" step="read/create" works="walk/key">So.</Erratum>\n')
})
afterEach(() => rm(content, { recursive: true }))

const text = (mdx: string) => writeFile(join(content, 'one/index.mdx'), mdx)
const answers = async () =>
  (await answersOf(content, await loadBook(content))).map(({ id, answers }) => [
    id,
    answers.map((one) => one.replace(/^.*\/one\/index/, 'one/index')),
  ])

test('steps and rows answer them, and what nothing answers is known', async () => {
  expect(await answers()).toEqual([
    ['seed-01-01', ['one/walk/key']],
    ['seed-01-02', ['one/index.mdx:1']],
    ['seed-01-03', []],
  ])
})

test('a row that names no command, no step, or one that is not there, is refused with its line', async () => {
  await text('\n<Erratum seed="seed-09-01" step="read/create">So.</Erratum>\n')
  await expect(answers()).rejects.toThrow(/There is no command "seed-09-01"[\s\S]*one\/index\.mdx:2/)
  await text('\n<Erratum seed="seed-01-02">So.</Erratum>\n')
  await expect(answers()).rejects.toThrow(/without a step[\s\S]*one\/index\.mdx:2/)
  await text('<Erratum seed="seed-01-02" step="read/update">So.</Erratum>\n')
  await expect(answers()).rejects.toThrow('name one of: walk/key, read/create.')
})

test('the founding text had 113 commands', async () => {
  expect(await loadFounding('content')).toHaveLength(113)
})
