/** A session's good and bad days, with make-believe sandboxes: turning live, typing, leaving, losing the relay, being refused, the end. */
import type { Locator, Page } from '@playwright/test'
import { CHAPTER, Chapter, expect, type Fake, test } from './reader.ts'

test('while the programs are built the page says how far, and turns live without a reload', async ({ page, fake }) => {
  fake.relay.setStatus({ is: 'building', what: 'k8s.io/api/core/v1', done: 412, all: 1206, secondsLeft: 130 })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await expect(chapter.line.locator('.build')).toHaveText('Building: 412 of 1,206 packages, about 2 min · k8s.io/api/core/v1')
  await expect(chapter.line.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '34')
  await page.locator('.work').getByRole('button', { name: 'Live' }).click()
  await expect(chapter.line).toContainText('412 of 1,206 packages')
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await expect(chapter.line).toHaveAttribute('data-build', 'none')
  await chapter.run(1)
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  await expect(chapter.line).toHaveAttribute('data-line', 'live')
})

test('a build that failed says why and what to do', async ({ page, fake }) => {
  fake.relay.setStatus({ is: 'failed', why: 'The disk is full.', fix: 'Free 4 GB and start again.' })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  await expect(page.locator('.work .build')).toHaveText('The build failed: The disk is full. Free 4 GB and start again.')
})

test('where there can be no sandbox the page says so and why, whole at a click, and Run plays the recording', async ({ page, fake }) => {
  fake.relay.setStatus({
    is: 'recorded',
    why: 'This system does not let an unprivileged process make a user namespace (kernel.apparmor_restrict_unprivileged_userns is 1).',
    fix: 'Allow it with sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 and start again.',
  })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  const words = chapter.line.locator('.build').getByRole('button')
  await expect(words).toContainText('Recorded only: This system does not let')
  await expect(words).toHaveAttribute('aria-expanded', 'false')
  const cut = () => words.evaluate((button) => button.scrollWidth > button.clientWidth)
  expect(await cut()).toBe(true)
  await words.click()
  await expect(words).toHaveAttribute('aria-expanded', 'true')
  expect(await cut()).toBe(false)
  await expect(words).toContainText('and start again.')
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await words.click()
  await chapter.run(1)
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  await expect(words).toContainText('Recorded only:')
  await page.locator('.work').getByRole('button', { name: 'Live' }).click()
  await expect(chapter.line.locator('.what')).toHaveText(/^Recorded only: This system .* and start again\.$/)
})

test('Run to here runs what comes before, and stops where something differs', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.step(4).getByRole('button', { name: 'Run to here' }).click()
  await expect(chapter.step(4)).toHaveAttribute('data-state', 'here')
  await expect(chapter.line).toHaveAttribute('data-line', 'live')
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  await expect(chapter.current).toContainText('admissionAttributes')
})

test('what differs is shown beside what was promised, with the probable cause', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  // Without its breakpoint nothing halts.
  await chapter.run(3)
  await chapter.answer(3, 'Only this one')
  await expect(chapter.step(3)).toHaveAttribute('data-state', 'passed')
  await chapter.run(4)
  await expect(chapter.step(4)).toHaveAttribute('data-state', 'differs')
  await expect(chapter.step(4).locator('.why')).toContainText('No breakpoint is set there')
  await expect(chapter.step(4).getByRole('button', { name: 'Again' })).toBeVisible()
})

test('a sandbox that cannot be had says why, and the recording plays the step', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.route('**/api/session', (route) =>
    route.fulfill({ status: 503, json: { why: 'All 4 sandboxes are in use.', fix: 'Try again in a few minutes.' } }),
  )
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.run(2)
  await expect(chapter.step(2)).toHaveAttribute('data-state', 'passed')
  await expect(chapter.line).toHaveAttribute('data-line', 'notice')
  await expect(chapter.line).toContainText('All 4 sandboxes are in use. Try again in a few minutes.')
})

test('a step for the debugger halts a running server first', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.run(3)
  await chapter.answer(3, 'Only this one')
  await expect(chapter.line).toHaveAttribute('data-line', 'live')
  await expect(page.locator('#debugger .state')).toContainText('running')
  await chapter.run(1)
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
})

/** The chapter with a running server, and the number of a line in its source pane. */
async function whileItRuns(page: Page, fake: Fake['fake']): Promise<{ chapter: Chapter; number: Locator }> {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  const number = page.locator('.work .ln', { has: page.locator('pre', { hasText: 'admissionAttributes := ' }) }).locator('.no')
  await chapter.run(3)
  await chapter.answer(3, 'Only this one')
  await expect(page.locator('#debugger .state')).toContainText('running')
  return { chapter, number }
}

test('a click on a line types a command of its own, whatever the reader had begun to type', async ({ page, fake }) => {
  const { chapter, number } = await whileItRuns(page, fake)
  // Delve does not read while the server runs: this stands at its next prompt.
  await chapter.begin('debugger', 'pri')
  await number.click()
  await expect(number).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('#debugger .state')).toContainText('running')
  await chapter.run(4)
  await expect(page.locator('#debugger .state')).toContainText('halted')
  await chapter.begin('debugger', 'pri')
  await number.click()
  await expect(number).toHaveAttribute('aria-pressed', 'false')
  await expect(chapter.terminal('debugger')).not.toContainText('prib')
})

test('a click on a line waits until the step that is being typed has been entered', async ({ page, fake }) => {
  const { chapter, number } = await whileItRuns(page, fake)
  await chapter.run(1)
  await number.click()
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  await expect(number).toHaveAttribute('aria-pressed', 'true')
})

test('a file that comes late is shown with its breakpoints, although the server halted in its sleep meanwhile', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  const late = Promise.withResolvers<void>()
  await page.route('**/handlers/create.go/', async (route) => {
    await late.promise
    await route.continue()
  })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.run(1)
  await expect(page.locator('.work .no-source.beside')).toContainText('which is assembly')
  late.resolve()
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  await expect(page.locator('.work .no[aria-pressed="true"]')).toHaveCount(1)
  await expect(page.locator('.work .no-source.beside')).toContainText('which is assembly')
  await expect(chapter.current).toHaveCount(0)
})

test('a reader leaves a terminal by pressing Escape twice', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.run(1)
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  const keys = page.locator('#debugger .xterm-helper-textarea')
  await keys.focus()
  await expect(page.locator('#debugger .esc')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(keys).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(keys).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(keys).not.toBeFocused()
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('#debugger') === null)).toBe(true)
})

test('a terminal tells the sandbox its size, and again when the window changes', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.run(1)
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  const size = async () => {
    await chapter.type('shell', 'stty size')
    return (await chapter.terminal('shell').textContent())?.match(/\d+ \d+/g)?.at(-1)
  }
  await expect.poll(size).toMatch(/^\d+ 5\d$/)
  await page.setViewportSize({ width: 1900, height: 1000 })
  await expect.poll(size).toMatch(/^\d+ 6\d$/)
})

/** Stands between page and relay, so that a test can cut the connection, once or for good. */
async function cable(page: Page): Promise<{ cut(): void; cutForGood(): void }> {
  let broken = false
  let cut = () => {}
  await page.routeWebSocket('**/api/session/socket', (socket) => {
    if (broken) return void socket.close({ code: 1012 })
    const relay = socket.connectToServer()
    cut = () => void Promise.all([socket.close({ code: 1012 }), relay.close({ code: 1000 })])
  })
  await page.route('**/api/session', (route) => (broken && route.request().method() === 'GET' ? route.abort() : route.continue()))
  const cutForGood = () => {
    broken = true
    cut()
  }
  return { cut: () => cut(), cutForGood }
}

test('a connection that broke is made again, and the session goes on where it was', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  const { cut } = await cable(page)
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.run(1)
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  // It is over too soon to be looked at: the page itself remembers it.
  await chapter.line.evaluate((line) => {
    const seen = new MutationObserver(() => line.classList.add(`was-${line.dataset.line}`))
    seen.observe(line, { attributes: true, attributeFilter: ['data-line'] })
  })
  cut()
  await expect(chapter.line).toHaveClass(/was-reconnecting/)
  await expect(chapter.line).toHaveAttribute('data-line', 'live')
  await expect(chapter.terminal('debugger')).toContainText('Breakpoint create set at')
  await expect(page.locator('.work .no[aria-pressed="true"]')).toHaveCount(1)
  await chapter.run(2)
  await expect(chapter.step(2)).toHaveAttribute('data-state', 'passed')
})

test('a relay that stays away leaves the recording at the same step', async ({ page, fake }) => {
  test.slow()
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  const { cutForGood } = await cable(page)
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.walk(1, 4)
  cutForGood()
  await expect(chapter.line).toHaveAttribute('data-line', 'reconnecting')
  await expect(chapter.line).toContainText('The relay cannot be reached', { timeout: 60_000 })
  await chapter.line.getByRole('button', { name: 'Back to the recording' }).click()
  await expect(page.locator('.step-of')).toContainText('step 4 of')
  await expect(chapter.current).toContainText('admissionAttributes')
})

test('a relay that closes says so, and leaves the recording at the same step', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.walk(1, 4)
  await fake.relay.close()
  await expect(chapter.line).toContainText(/ended|closing|stopped/i)
  await expect(page.locator('#debugger .state')).toHaveText('the server has ended')
  await chapter.line.getByRole('button', { name: 'Go on recorded' }).click()
  await expect(chapter.line).toHaveAttribute('data-line', 'player')
  await expect(page.locator('.step-of')).toContainText('step 4 of')
  await expect(chapter.current).toContainText('admissionAttributes')
})

test('a server that was killed ends the session, and a new sandbox begins with nothing done', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.run(1)
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  fake.sandboxes[0]?.killServer()
  await expect(chapter.line).toHaveAttribute('data-line', 'ended')
  await expect(chapter.line).toContainText('API server of this sandbox ended')
  await chapter.line.getByRole('button', { name: 'New sandbox' }).click()
  await expect(chapter.line).toHaveAttribute('data-line', 'live')
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'next')
})

test('two tabs share one session, its steps and its terminals', async ({ page, context, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.run(1)
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  const tab = await context.newPage()
  await tab.goto(`${fake.relay.url}${CHAPTER}`)
  const second = new Chapter(tab)
  await expect(second.line).toContainText('open in 2 tabs')
  await expect(second.step(1)).toHaveAttribute('data-state', 'passed')
  await second.run(2)
  await expect(chapter.step(2)).toHaveAttribute('data-state', 'passed')
  await expect(chapter.terminal('debugger')).toContainText('cond create')
})
