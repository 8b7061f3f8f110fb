/** What home shows of the book's recording. */
import { expect, test } from 'vitest'
import type { Chapter } from '../../../src/book/book.ts'
import type { RecordedStep } from '../../../src/book/recording.ts'
import type { Step } from '../../../src/book/walk.ts'
import { firstHalt } from '../../../src/components/first-halt.ts'

const at = { file: 'k8s.io/apiserver@v0.36.3/pkg/endpoints/handlers/create.go', line: 182, function: 'handlers.createHandler.func1' }
const state = { is: 'halted', goroutine: 7, frame: 0, at, breakpoint: 'create' } as const
const name = { name: 'name', type: 'string', value: '"nginx"', expression: 'name', expandable: false }

const step = (id: string, terminal: Step['terminal'], type: string): Step => ({ id, title: id, terminal, type, promises: [{ says: 'x' }] })
const recorded = (id: string, typed: string, said: string, events: RecordedStep['events'] = []): RecordedStep => ({
  id,
  typed,
  took: 1,
  said,
  events,
})

const chapter: Chapter = {
  id: 'create-a-pod',
  title: 'Create a Pod',
  summary: 'A walk.',
  stages: ['admission'],
  minutes: 1,
  directory: 'content/create-a-pod',
  stops: [],
  where: { stops: new Map(), steps: new Map() },
  walks: [
    {
      id: 'walk',
      title: 'Walk',
      kind: 'walk',
      steps: [
        step('break', 'debugger', 'break {stop:create}'),
        step('run', 'shell', 'kubectl run nginx'),
        step('path', 'debugger', 'print req.URL.Path'),
      ],
    },
  ],
  recording: {
    kubernetes: 'v1.36.3',
    delve: 'v1.27.2',
    day: '2026-11-22',
    columns: 80,
    rows: 24,
    walks: [
      {
        id: 'walk',
        before: [],
        steps: [
          recorded('break', 'break handlers/create.go:182', 'Breakpoint 1 set'),
          recorded('run', 'kubectl run nginx', '', [
            { at: 0, debugger: { type: 'target', state } },
            { at: 1, debugger: { type: 'variables', goroutine: 7, frame: 0, arguments: [], locals: [name] } },
          ]),
          recorded('path', 'print req.URL.Path', '"/api/v1/namespaces/default/pods"\n'),
        ],
      },
    ],
  },
}

test('the first halt comes with its values, the command that waits, and the first question asked there', () => {
  expect(firstHalt(chapter)).toEqual({
    at,
    where: 'content/create-a-pod/recorded.json',
    kubernetes: 'v1.36.3',
    day: '2026-11-22',
    values: [name],
    waits: 'kubectl run nginx',
    asked: { typed: 'print req.URL.Path', answer: '"/api/v1/namespaces/default/pods"' },
  })
})

test('nothing is shown while nothing is recorded', () => {
  expect(firstHalt({ ...chapter, recording: null })).toBeNull()
})
