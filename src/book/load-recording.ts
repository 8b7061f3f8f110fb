/** Loads a chapter's `recorded.json`, if there is one, and checks that it is a recording of these very walks. */
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { BookError } from './book-error.ts'
import { couldBe } from './places.ts'
import { Recording } from './recording.ts'
import type { Walk } from './walk.ts'

const FIX = 'run `npm run verify -- --update`.'

/** The recording in `directory`, or null when there is none. Throws BookError when it is broken or of other walks. */
export async function loadRecording(directory: string, walks: readonly Walk[]): Promise<Recording | null> {
  const recording = await readRecording(directory)
  const difference = recording && differs(recording, walks)
  if (difference) throw new BookError(`The recording is of other steps: ${difference}.`, relative('', join(directory, 'recorded.json')), FIX)
  return recording
}

/** The recording in `directory`, of whatever walks, or null. Throws BookError when it is broken. */
export async function readRecording(directory: string): Promise<Recording | null> {
  const file = join(directory, 'recorded.json')
  const name = relative('', file)
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return text === null ? null : parse(text, name)
}

function parse(text: string, name: string): Recording {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new BookError(`This is not JSON: ${(cause as Error).message}`, name, FIX, { cause })
  }
  const checked = Recording.safeParse(json)
  if (checked.success) return checked.data
  const [issue] = checked.error.issues
  throw new BookError(`${issue?.path.join('.')}: ${issue?.message}`, name, FIX, { cause: checked.error })
}

/** In what the recording and the walks differ, as words; null when they fit. */
export function differs(recording: Recording, walks: readonly Walk[]): string | null {
  for (const walk of walks) {
    const recorded = recording.walks.find((one) => one.id === walk.id)
    if (!recorded) return `walk "${walk.id}" is missing`
    for (const [at, step] of walk.steps.entries()) {
      const one = recorded.steps[at]
      if (!one) return `step "${step.id}" of walk "${walk.id}" is missing`
      if (one.id !== step.id) return `step ${at + 1} of walk "${walk.id}" is "${step.id}", recorded is "${one.id}"`
      if (!couldBe(step.type, one.typed)) return `step "${step.id}" of walk "${walk.id}" types \`${step.type}\`, recorded is \`${one.typed}\``
    }
    const more = recorded.steps[walk.steps.length]
    if (more) return `walk "${walk.id}" has no step "${more.id}" any more`
  }
  const gone = recording.walks.find((one) => !walks.some((walk) => walk.id === one.id))
  return gone ? `there is no walk "${gone.id}" any more` : null
}
