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
  home: 'create-a-pod',
  stages: [
    { id: 'routing', name: 'Routing', chapter: 'create-a-pod' },
    { id: 'admission', name: 'Admission', chapter: 'plugins' },
    { id: 'etcd', name: 'etcd', chapter: 'create-a-pod' },
  ],
  chapters: [chapter('create-a-pod', ['routing', 'admission']), chapter('plugins', ['admission'])],
}

test('a station leads to the chapter that the book names for its stage', () => {
  expect(chapterByStage(book)).toEqual({ routing: '/create-a-pod/', admission: '/plugins/', etcd: '/create-a-pod/' })
})

test('a station of a chapter’s own map does not lead to that chapter', () => {
  expect(chapterByStage(book, 'create-a-pod')).toEqual({ admission: '/plugins/' })
})

test('a stretch is said by its ends', () => {
  expect(stagesInWords(book, ['routing', 'admission', 'etcd'])).toBe('Routing to etcd')
  expect(stagesInWords(book, ['etcd'])).toBe('etcd')
})
