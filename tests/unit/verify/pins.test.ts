/** The pinned source as recordings refer to it. Real lines are read from the pins, never kept here. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { loadBook } from '../../../src/book/load.ts'
import type { RecordedEvent } from '../../../src/book/recording.ts'
import { pinnedFile } from '../../../src/source/pinned-files.ts'
import { openPins } from '../../../src/verify/pins.ts'

const pins = await openPins([['k8s.io/apiserver@v0.36.3', 'staging/src/k8s.io/apiserver']])
const { file, path } = await pinnedFile('k8s.io/apiserver', 'pkg/endpoints/handlers/create.go', 'here')
const lines = (await readFile(path, 'utf8')).split('\n')
const listing = (change: (text: string) => string = (text) => text) => ({
  from: 0,
  to: 0,
  path: 'staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go',
  lines: [53, 54, 55].map((number) => ({ number, arrow: number === 54, text: change(lines[number - 1] ?? '') })),
})

test('lines of the pin are named by file and numbers', async () => {
  expect(await pins.lists(listing())).toEqual({ file, from: 53, to: 55, arrow: 54 })
})

test('a bare line is named as such, and its file is found by an import path without a version', async () => {
  const one = { ...listing(), path: file.replace(/@[^/]*/, ''), bare: true as const, lines: listing().lines.slice(0, 1) }
  expect(await pins.lists(one)).toEqual({ file, from: 53, to: 53, arrow: null, bare: true })
})

test('lines that are not the pin’s are an error', async () => {
  await expect(pins.lists(listing((text) => `${text} `))).rejects.toThrow(`Line 53 of ${file} is not what the terminal printed`)
})

test('lines of a file that is not compiled are an error', async () => {
  await expect(pins.lists({ ...listing(), path: '/home/learner/main.go' })).rejects.toThrow('/home/learner/main.go')
})

test('a line of source anywhere in a recording is refused', async () => {
  const [line] = lines.filter((text) => text.trim().length > 60)
  await expect(pins.refuseSource(['harmless', `before\n   ${line?.trim()}\nafter`], 'content/one/recorded.json')).rejects.toThrow('would be recorded')
  await expect(pins.refuseSource([`      .   10ms    83:${line}`], 'content/one/recorded.json')).rejects.toThrow('would be recorded')
  await pins.refuseSource(['pod/nginx created', '"/api/v1/namespaces/default/pods"'], 'content/one/recorded.json')
})

test('no recording of the book holds a line of the pins', async () => {
  const says = (events: readonly RecordedEvent[]) => events.flatMap((event) => ('says' in event ? [event.says] : []))
  const { chapters } = await loadBook('content')
  // All at once: each question reads every file of the pins.
  const walks = chapters.flatMap(({ recording }) => recording?.walks ?? [])
  const texts = walks.flatMap(({ before, steps }) => [...says(before), ...steps.flatMap(({ said, events }) => [said, ...says(events)])])
  expect(texts.length).toBeGreaterThan(500)
  await pins.refuseSource(texts, 'content/*/recorded.json')
})
