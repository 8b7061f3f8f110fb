/** What a chapter's page is told of its walks: written when the site is built, fetched on the reader's first touch. */
import type { Promised } from '../book/walk.ts'
import type { Place } from '../delve/state.ts'

/** One step, its command ready to be typed. */
export interface WalkStep {
  id: string
  title: string
  terminal: 'debugger' | 'shell'
  typed: string
  promises: readonly Promised[]
}

export interface ChapterWalk {
  id: string
  title: string
  /** Whether its sandbox differs from the plain one. */
  prepared: boolean
  steps: readonly WalkStep[]
}

/** Which stage of the request a place in the source belongs to; a file without its version, `k8s.io/apiserver/pkg/endpoints/handlers/create.go`. */
export interface StagePlace {
  stage: string
  file: string
}

export interface ChapterData {
  id: string
  /** The places that stops stand for, by id. */
  stops: Readonly<Record<string, Place>>
  stages: readonly StagePlace[]
  walks: readonly ChapterWalk[]
  /** Address of the recording; null when the chapter has none yet. */
  recording: string | null
}

/** Fetches the data of the chapter at `address`. Throws with the address when the site does not have it. */
export async function fetchChapterData(address: string): Promise<ChapterData> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`The chapter's data could not be loaded: ${address} answered ${answer.status}.`)
  return (await answer.json()) as ChapterData
}
