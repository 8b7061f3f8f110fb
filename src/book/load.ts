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
  const stages = data.stages.map((stage) => stage.id)
  const chapters: Chapter[] = []
  for (const [at, entry] of data.chapters.entries()) {
    for (const [index, stage] of entry.stages.entries()) {
      if (stages.includes(stage)) continue
      throw new BookError(`There is no stage "${stage}".`, where(['chapters', at, 'stages', index]), `name one of: ${stages.join(', ')}.`)
    }
    chapters.push(await loadChapter(content, entry, options, where(['chapters', at])))
  }
  await nothingForgotten(content, data.chapters, where(['chapters']))
  const named = [
    { id: data.home, at: where(['home']) },
    ...data.stages.map(({ chapter }, at) => ({ id: chapter, at: where(['stages', at, 'chapter']) })),
  ]
  for (const { id, at } of named) {
    if (!chapters.some((chapter) => chapter.id === id)) {
      throw new BookError(`There is no chapter "${id}".`, at, `name one of: ${chapters.map((chapter) => chapter.id).join(', ')}.`)
    }
  }
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

async function nothingForgotten(content: string, chapters: readonly ChapterEntry[], where: string): Promise<void> {
  const folders = (await readdir(content, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const forgotten = folders.find((folder) => !chapters.some((chapter) => chapter.id === folder.name))
  if (forgotten)
    throw new BookError(`The folder "${forgotten.name}" is in no list of chapters.`, where, 'add it to the chapters, or remove the folder.')
}
