/** What every chapter of the book itself has, and what all of them together cover. */
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { Chapter } from '../../../src/book/book.ts'
import { loadDrift } from '../../../src/book/drift.ts'
import { excerptsOf } from '../../../src/book/excerpts.ts'
import { answersOf } from '../../../src/book/founding.ts'
import { loadBook } from '../../../src/book/load.ts'
import { rowsOf } from '../../../src/book/rows.ts'
import { stageOf } from '../../../src/browser/slim-map.ts'
import { stagePlaces } from '../../../src/components/live/stage-places.ts'
import { STANDARD_LIBRARY } from '../../../src/source/address.ts'

const book = await loadBook('content')

describe.each(book.chapters)('the chapter "$title"', (chapter) => {
  const text = () => readFile(`${chapter.directory}/index.mdx`, 'utf8')
  const shown = chapter.walks.filter(({ kind }) => kind === 'walk')

  test('has walks of at least six steps, at least two of which promise values of the halted server', () => {
    for (const walk of shown) {
      expect(walk.steps.length, walk.id).toBeGreaterThanOrEqual(6)
      const asked = walk.steps.filter((step) => step.terminal === 'debugger' && /^(?:p|print|args|locals|call|stack|display)\b/.test(step.type))
      expect(asked.filter(({ promises }) => promises.some((promise) => 'says' in promise)).length, walk.id).toBeGreaterThanOrEqual(2)
    }
  })

  test('shows each of its walks once, has two exercises with their proof, excerpts, and when one would stop there', async () => {
    const mdx = await text()
    for (const { id } of shown) expect(mdx.split(`<Walk id="${id}"`), id).toHaveLength(2)
    const exercises = chapter.walks.filter(({ kind }) => kind === 'exercise')
    expect(exercises).toHaveLength(2)
    for (const { id } of exercises) expect(mdx).toMatch(new RegExp(`<Exercise [^>]*walk="${id}"`))
    expect((await excerptsOf(chapter)).length).toBeGreaterThanOrEqual(1)
    expect(mdx).toContain('<StopWhen>')
    expect(mdx).toContain('## Sources')
  })

  test('says of each erratum which step proves it', async () => {
    const proofs = chapter.walks.filter(({ kind }) => kind === 'errata').map(({ id }) => id)
    for (const { step, where } of await rowsOf(chapter)) expect([where, proofs.includes(step.split('/')[0] ?? '')]).toEqual([where, true])
  })

  test('lets no breakpoint stand while a function is called', () => {
    // Another request that meets one as the call returns takes its place, though its condition is false (`pickCurrentThread` in Delve's target_exec.go).
    for (const walk of chapter.walks) {
      const standing = new Set<string>()
      for (const step of walk.steps.filter(({ terminal }) => terminal === 'debugger')) {
        const [command, name = ''] = step.type.split(' ')
        if (command === 'break' || command === 'b') standing.add(name)
        else if (command === 'clear') standing.delete(name)
        else if (command === 'clearall') standing.clear()
        const fails = step.promises.some((promise) => 'says' in promise && promise.says.startsWith('Command failed'))
        if (command === 'call' && !fails) expect([...standing], `${walk.id}/${step.id}`).toEqual([])
      }
    }
  })

  test('is recorded', () => expect(chapter.recording).not.toBeNull())
})

/** The stages in which a chapter's own walks promise a halt. */
function stagesOfHalts({ walks, stops }: Chapter): Set<string | null> {
  const halts = walks
    .filter(({ kind }) => kind === 'walk')
    .flatMap((walk) => walk.steps.flatMap((step) => step.promises.flatMap((promise) => ('halts' in promise ? [promise.halts] : []))))
  const places = stops.filter(({ id }) => halts.includes(id)).map(({ module, file }) => (module === 'std' ? file : `${module}@v0/${file}`))
  return new Set(places.map((file) => stageOf({ file, line: 1, function: '' }, stagePlaces)))
}

test('a chapter stops in a stage it names', () => {
  const missing = book.chapters.filter((chapter) => !chapter.stages.some((stage) => stagesOfHalts(chapter).has(stage)))
  expect(missing.map(({ id }) => id)).toEqual([])
})

test('every stage of the way has a chapter that names it, with a walk that stops in it', () => {
  const stopped = new Set(book.chapters.flatMap((chapter) => [...stagesOfHalts(chapter)].filter((stage) => stage && chapter.stages.includes(stage))))
  expect(book.stages.map(({ id }) => id).filter((id) => !stopped.has(id))).toEqual([])
})

test('every place of the book was looked for in other releases', async () => {
  const drift = await loadDrift('content')
  const known = new Set(drift?.places.map(({ chapter, what }) => `${chapter}: ${what}`))
  // The toolchain's files are the same for every release.
  const stops = book.chapters.flatMap(({ id, stops }) =>
    stops.filter(({ module }) => module !== STANDARD_LIBRARY).map((stop) => `${id}: stop ${stop.id}`),
  )
  expect(stops.filter((stop) => !known.has(stop))).toEqual([])
})

test('no command of the founding text is answered by a step or row that is not there', async () => {
  expect((await answersOf('content', book)).length).toBe(113)
})
