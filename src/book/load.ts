/** Loads the book: `book.yaml`, then each chapter's walks and recording. Whatever is wrong is a BookError; nothing is let through. */
import { access, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { type Book, BookFile, type Chapter, type ChapterEntry } from './book.ts'
import { BookError } from './book-error.ts'
import { loadRecording } from './load-recording.ts'
import { loadWalks } from './load-walks.ts'
import { readYaml } from './yaml-file.ts'

/** `recordings: 'ignored'` is for verify, which is about to replace one that does not fit any more. */
export interface LoadOptions {
  recordings?: 'checked' | 'ignored'
}

/** The book in the folder `content`. Throws BookError with `file:line` and the fix. */
export async function loadBook(content: string, options: LoadOptions = {}): Promise<Book> {
  const { data, where } = await readYaml(join(content, 'book.yaml'), BookFile)
  unique(data.stages, (at) => where(['stages', at]))
  unique(data.chapters, (at) => where(['chapters', at]))
  const stages = data.stages.map(({ id }) => id)
  const known = data.chapters.map(({ id }) => id)
  oneOf('chapter', data.home, known, where(['home']))
  for (const [at, { chapter }] of data.stages.entries()) oneOf('chapter', chapter, known, where(['stages', at, 'chapter']))
  const chapters: Chapter[] = []
  for (const [at, entry] of data.chapters.entries()) {
    for (const [index, stage] of entry.stages.entries()) oneOf('stage', stage, stages, where(['chapters', at, 'stages', index]))
    chapters.push(await loadChapter(content, entry, options, where(['chapters', at])))
  }
  await nothingForgotten(content, data.chapters, where(['chapters']))
  return { home: data.home, stages: data.stages, chapters }
}

async function loadChapter(content: string, entry: ChapterEntry, options: LoadOptions, where: string): Promise<Chapter> {
  const directory = join(content, entry.id)
  const text = join(directory, 'index.mdx')
  await access(text).catch((cause: unknown) => {
    throw new BookError(`The chapter "${entry.id}" has no ${relative('', text)}.`, where, 'write it, or take the chapter out of the list.', { cause })
  })
  const walks = await loadWalks(directory)
  const recording = options.recordings === 'ignored' ? null : await loadRecording(directory, walks.walks)
  return { ...entry, directory, ...walks, recording }
}

function unique(entries: readonly { id: string }[], where: (at: number) => string): void {
  for (const [at, { id }] of entries.entries()) {
    const first = entries.findIndex((entry) => entry.id === id)
    if (first < at) throw new BookError(`The id "${id}" is taken at ${where(first)}.`, where(at), 'give one of them another id.')
  }
}

function oneOf(what: string, id: string, known: readonly string[], where: string): void {
  if (!known.includes(id)) throw new BookError(`There is no ${what} "${id}".`, where, `name one of: ${known.join(', ')}.`)
}

async function nothingForgotten(content: string, chapters: readonly ChapterEntry[], where: string): Promise<void> {
  const folders = (await readdir(content, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const forgotten = folders.find((folder) => !chapters.some((chapter) => chapter.id === folder.name))
  if (forgotten)
    throw new BookError(`The folder "${forgotten.name}" is in no list of chapters.`, where, 'add it to the chapters, or remove the folder.')
}
