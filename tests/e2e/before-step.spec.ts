/** What the page asks before it runs a step, and what its answers do. Make-believe sandboxes. */
import type { Page } from '@playwright/test'
import { CHAPTER, Chapter, expect, test } from './reader.ts'

/** The first step of the first exercise, counted through the page: the chapter's walk has thirteen. */
const FIRST = 14

/** Runs the first step of the chapter's walk, then asks for the first of the exercise's. */
async function fromWalkToExercise(page: Page, url: string): Promise<Chapter> {
  await page.goto(`${url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.run(1)
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  await page.locator('.exercise summary').first().click()
  await chapter.run(FIRST)
  return chapter
}

test('a step whose earlier steps are missing offers to run them', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.run(1)
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  await chapter.run(4)
  await expect(chapter.step(4).locator('.asks')).toContainText('Steps 2 to 3 have not all been run.')
  await chapter.answer(4, 'Run to here')
  await expect(chapter.step(4)).toHaveAttribute('data-state', 'here')
  await expect(chapter.step(2)).toHaveAttribute('data-state', 'passed')
})

test('a command that needs a running server offers to let it run first', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.walk(1, 4)
  await chapter.run(11)
  await chapter.answer(11, 'Only this one')
  await expect(page.locator('#debugger .state')).toContainText('running')
  // A command of the debugger halts the server, and leaves it halted where the walk has it running.
  await chapter.run(1)
  await expect(page.locator('#debugger .state')).toContainText('halted')
  await expect(chapter.step(1)).toHaveAttribute('data-state', /passed|differs/)
  await chapter.run(12)
  await expect(chapter.step(12).locator('.asks')).toContainText('The server is halted')
  await chapter.answer(12, 'Continue, then run it')
  await expect(chapter.step(12)).toHaveAttribute('data-state', 'passed')
  await expect(page.locator('#debugger .state')).toContainText('running')
})

test('another walk begins in a clean sandbox, or in this one if the reader likes', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  const chapter = await fromWalkToExercise(page, fake.relay.url)
  await expect(chapter.step(FIRST).locator('.asks')).toContainText('“Stop in the create handler”')
  await chapter.answer(FIRST, 'Go on in this one')
  // What was to be feared: the other walk's breakpoint is on that line already.
  await expect(chapter.step(FIRST)).toHaveAttribute('data-state', 'differs')
  await expect(chapter.step(FIRST).locator('.why')).toContainText('set already')
  expect(fake.sandboxes).toHaveLength(1)
})

test('a clean sandbox is a new one, and nothing counts as done in it', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  const chapter = await fromWalkToExercise(page, fake.relay.url)
  await chapter.answer(FIRST, 'New sandbox')
  await expect(chapter.step(FIRST)).toHaveAttribute('data-state', 'passed')
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'next')
  expect(fake.sandboxes).toHaveLength(2)
})

test('a walk that needs a sandbox of its own kind says what would be lost, and gets it', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.route('**/data/create-a-pod/walks.json', async (route) => {
    const answer = await route.fetch()
    const data = await answer.json()
    data.walks[1].prepared = true
    await route.fulfill({ response: answer, json: data })
  })
  const chapter = await fromWalkToExercise(page, fake.relay.url)
  await expect(chapter.step(FIRST).locator('.asks')).toContainText('would be lost')
  await chapter.answer(FIRST, 'New sandbox for this walk')
  await expect(chapter.step(FIRST)).toHaveAttribute('data-state', 'passed')
  expect(fake.setups).toEqual([null, { server: ['--v=6'], files: {}, start: 'running', build: 'changed', commands: [] }])
})
