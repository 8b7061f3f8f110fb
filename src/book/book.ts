/** The shape of the book: `book.yaml` as written, and chapters as loaded. */
import { z } from 'zod'
import type { Recording } from './recording.ts'
import type { Stop, Walk } from './walk.ts'

const Id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'use small letters, digits and hyphens, beginning with a letter')

/** One part of the request's way. */
export const Stage = z.strictObject({
  id: Id,
  name: z.string().min(1),
  /** The chapter to which its station on the map leads. */
  chapter: Id,
})
export type Stage = z.infer<typeof Stage>

/** A chapter as `book.yaml` lists it; its text, walks and recording are in the folder of the same name. */
export const ChapterEntry = z.strictObject({
  id: Id,
  title: z.string().min(1),
  /** One or two sentences for lists and search engines. */
  summary: z.string().min(1),
  /** The stages it follows the request through, in order. */
  stages: z.array(Id).min(1),
  /** How long reading and running it takes. */
  minutes: z.int().positive(),
})
export type ChapterEntry = z.infer<typeof ChapterEntry>

/** A whole `book.yaml`: chapters in reading order. */
export const BookFile = z.strictObject({
  /** The chapter whose first halt the home page shows. */
  home: Id,
  stages: z.array(Stage).min(1),
  chapters: z.array(ChapterEntry).min(1),
})
export type BookFile = z.infer<typeof BookFile>

/** A chapter with its walks. `recording` is null until `verify --update` has made one. */
export interface Chapter extends ChapterEntry {
  /** The chapter's folder. */
  directory: string
  stops: readonly Stop[]
  walks: readonly Walk[]
  recording: Recording | null
  /** Where each stop and step is written, as `content/…/walks.yaml:12`; steps by `walk/step`, stops by their id. */
  where: { stops: ReadonlyMap<string, string>; steps: ReadonlyMap<string, string> }
}

export interface Book {
  home: string
  stages: readonly Stage[]
  chapters: readonly Chapter[]
}
