/** Where stations of the map lead, and how a chapter's stretch is said. */
import { expect, test } from 'vitest'
import type { Book, Chapter } from '../../../src/book/book.ts'
import { chapterByStage, stagesInWords } from '../../../src/components/stages.ts'

const chapter = (id: string, stages: string[]): Chapter => ({
  id,
  title: id,
  summary: id,
  stages,
  minutes: 1,
  directory: `content/${id}`,
  stops: [],
  walks: [],
  recording: null,
  where: { stops: new Map(), steps: new Map() },
})
const book: Book = {
  stages: [
    { id: 'routing', name: 'Routing' },
    { id: 'admission', name: 'Admission' },
    { id: 'etcd', name: 'etcd' },
  ],
  chapters: [chapter('create-a-pod', ['routing', 'admission']), chapter('plugins', ['admission'])],
}

test('a station leads to the first chapter about it, and to none where there is none', () => {
  expect(chapterByStage(book)).toEqual({ routing: '/create-a-pod/', admission: '/create-a-pod/' })
})

test('a station of a chapter’s own map does not lead to that chapter', () => {
  expect(chapterByStage(book, 'create-a-pod')).toEqual({ admission: '/plugins/' })
})

test('a stretch is said by its ends', () => {
  expect(stagesInWords(book, ['routing', 'admission', 'etcd'])).toBe('Routing to etcd')
  expect(stagesInWords(book, ['etcd'])).toBe('etcd')
})
