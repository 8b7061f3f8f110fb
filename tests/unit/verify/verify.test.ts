/** Whole books verified, with the fake's sandboxes and the real pins. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadBook } from '../../../src/book/load.ts'
import type { Recording } from '../../../src/book/recording.ts'
import type { Report } from '../../../src/book/report.ts'
import { openFake } from '../../../src/sandbox/fake/fake.ts'
import { verifyBook } from '../../../src/verify/verify.ts'

const book = `home: one
stages: [{ id: etcd, name: etcd, chapter: one }]
chapters: [{ id: one, title: One, summary: A chapter., stages: [etcd], minutes: 5 }]
`
const walks = `stops:
  - id: create
    module: k8s.io/apiserver
    file: pkg/endpoints/handlers/create.go
    function: createHandler.func1
    line: admissionAttributes := admission.NewAttributesRecord(
walks:
  - id: walk
    title: A walk
    steps:
      - { id: break, title: Break, terminal: debugger, type: 'break create {stop:create}', promises: [{ says: Breakpoint create set at … create.go }] }
      - { id: continue, title: Run on, terminal: debugger, type: continue, promises: [{ runs: true }] }
      - { id: run, title: Ask, terminal: shell, type: 'kubectl run nginx --image=nginx', promises: [{ halts: create }] }
      - { id: name, title: Look, terminal: debugger, type: print obj.ObjectMeta.Name, promises: [{ says: '"nginx"' }] }
      - { id: go-on, title: Run on, terminal: debugger, type: continue, promises: [{ runs: true }] }
      - { id: get, title: See, terminal: shell, type: kubectl get pod nginx, promises: [{ says: nginx 0/1 Pending }] }
`

// Before anything is recorded, every file of the pins is read; a busy machine takes its time.
const LIMIT = 90_000

let content = ''
let said: string[] = []
beforeEach(async () => {
  said = []
  content = await mkdtemp(join(tmpdir(), 'verify-test-'))
  await mkdir(join(content, 'one'))
  await writeFile(join(content, 'book.yaml'), book)
  await writeFile(join(content, 'one/index.mdx'), 'Text.\n')
  await writeFile(join(content, 'one/walks.yaml'), walks)
})
afterEach(() => rm(content, { recursive: true }))

async function verify(options: { update: boolean; chapters?: string[]; walks?: string[]; signal?: AbortSignal }): Promise<Report> {
  const backend = openFake()
  const signal = AbortSignal.timeout(LIMIT)
  try {
    return await verifyBook({ content, backend, chapters: [], walks: [], atOnce: 2, signal, log: (line) => said.push(line), ...options })
  } finally {
    await backend.close()
  }
}

test(
  'a walk that keeps its promises is recorded, and the recording fits from then on',
  async () => {
    expect(await verify({ update: true })).toMatchObject({ kept: 6, broken: 0 })
    const [chapter] = (await loadBook(content)).chapters
    const steps = chapter?.recording?.walks[0]?.steps ?? []
    expect(steps.map(({ typed, said }) => [typed, said.split('\n').at(-1)])).toMatchObject([
      ['break create handlers/create.go:182', expect.stringContaining('create.go:182')],
      ['continue', ''],
      ['kubectl run nginx --image=nginx', ''],
      ['print obj.ObjectMeta.Name', '"nginx"'],
      ['continue', ''],
      ['kubectl get pod nginx', expect.stringContaining('nginx')],
    ])
    expect(JSON.stringify(steps[4])).toContain('pod/nginx created')
    expect(await verify({ update: false })).toMatchObject({ kept: 6, broken: 0 })
  },
  LIMIT,
)

test('a broken promise is reported with the line of its step, what came and why, and nothing is recorded', async () => {
  await writeFile(join(content, 'one/walks.yaml'), walks.replace(`says: '"nginx"'`, `says: '"apache"'`))
  const report = await verify({ update: true })
  expect(report).toMatchObject({ kept: 3, broken: 3 })
  const [problem] = report.chapters[0]?.problems ?? []
  expect(problem).toMatchObject({ what: 'Step "name": print obj.ObjectMeta.Name', promised: '"apache"', got: '"nginx"' })
  expect(problem?.where).toMatch(/one\/walks\.yaml:14$/)
  expect(said.join('\n')).toContain('not recorded')
  await expect(readFile(join(content, 'one/recorded.json'))).rejects.toThrow('ENOENT')
})

test('a recording that is missing or of other steps is something to mend', async () => {
  expect(await verify({ update: false })).toMatchObject({ kept: 6, broken: 1 })
  const step = { id: 'break', typed: 'break create handlers/create.go:182', took: 0, said: '', events: [] }
  const recording: Recording = {
    kubernetes: 'v1',
    delve: 'v1',
    day: '2026-01-01',
    columns: 80,
    rows: 24,
    walks: [{ id: 'walk', before: [], steps: [step] }],
  }
  await writeFile(join(content, 'one/recorded.json'), JSON.stringify(recording))
  const report = await verify({ update: false })
  expect(report.chapters[0]?.problems[0]?.got).toContain('step "continue" of walk "walk" is missing')
})

test('a chapter that is not there is refused before anything is started', async () => {
  await expect(verify({ update: false, chapters: ['two'] })).rejects.toThrow('There is no chapter "two".')
  expect(said).toEqual([])
})

test('an interruption ends it at once', async () => {
  const interrupted = new AbortController()
  const done = verify({ update: false, signal: interrupted.signal })
  interrupted.abort(new Error('Stopped.'))
  await expect(done).rejects.toThrow('Stopped.')
})

test(
  'recording again what says the same leaves the file as it is, and a changed walk leaves the others',
  async () => {
    const second = walks.replace('walks:\n', '').split('  - id: walk\n')[1] as string
    await writeFile(join(content, 'one/walks.yaml'), `${walks}  - id: second\n${second}`)
    await verify({ update: true })
    const before = await readFile(join(content, 'one/recorded.json'), 'utf8')
    await verify({ update: true })
    expect(await readFile(join(content, 'one/recorded.json'), 'utf8')).toBe(before)
    expect(said.at(-3)).toContain('says what its recording says')

    await writeFile(join(content, 'one/walks.yaml'), `${walks}  - id: second\n${second.replace('get pod nginx', 'get pods')}`)
    await verify({ update: true, walks: ['one/second'] })
    const after = JSON.parse(await readFile(join(content, 'one/recorded.json'), 'utf8')) as Recording
    expect(after.walks[0]).toEqual((JSON.parse(before) as Recording).walks[0])
    expect(after.walks[1]?.steps.at(-1)?.typed).toBe('kubectl get pods')
  },
  LIMIT,
)

test('a walk that is not there is refused with the names of those that are', async () => {
  await expect(verify({ update: false, walks: ['run'] })).rejects.toThrow('name one of: one/walk.')
})
