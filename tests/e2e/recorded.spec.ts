/** A chapter without a sandbox: what stands there before anyone touches it, and its recording played. */
import { gzipSync } from 'node:zlib'
import { AxeBuilder } from '@axe-core/playwright'
import { CHAPTER, Chapter, expect, test } from './reader.ts'

test('before a touch there are text and a halt standing still, little script, and no terminal', async ({ page, recorded }) => {
  const scripts: Promise<number>[] = []
  const asked: string[] = []
  page.on('response', (response) => {
    asked.push(new URL(response.url()).pathname)
    if (response.request().resourceType() === 'script') scripts.push(response.body().then((body) => gzipSync(body).length))
  })
  await page.goto(`${recorded.url}${CHAPTER}`)
  await page.waitForLoadState('load')
  const chapter = new Chapter(page)
  await expect(chapter.current).toContainText('admissionAttributes')
  await expect(page.locator('#debugger .screen')).toContainText('> [create]')
  expect(await page.locator('.xterm').count()).toBe(0)
  expect(asked.filter((path) => /xterm|chapter\.|highlight|recorded|walks/.test(path))).toEqual([])
  expect((await Promise.all(scripts)).reduce((sum, size) => sum + size, 0)).toBeLessThan(3 * 1024)
})

test('without scripts the chapter can be read', async ({ browser, recorded }) => {
  const page = await browser.newPage({ javaScriptEnabled: false })
  await page.goto(`${recorded.url}${CHAPTER}`)
  await expect(page.locator('.step').first()).toContainText('break create')
  await expect(page.locator('.work .ln[aria-current]')).toBeVisible()
  await page.close()
})

test('a page that no relay serves asks none', async ({ page, recorded }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  // The relay marks the pages it serves; a static host does not.
  await page.route(`**${CHAPTER}`, async (route) => {
    const answer = await route.fetch()
    await route.fulfill({ response: answer, body: (await answer.text()).replace(' data-relay', '') })
  })
  await page.goto(`${recorded.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await page.getByRole('button', { name: 'Live' }).last().click()
  await expect(chapter.line).toContainText('npm start')
  expect(asked.filter((path) => path.startsWith('/api'))).toEqual([])
})

test('the recording plays: steps, terminals, source and values move together', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await page.locator('.speed').click()
  await page.locator('.speed').click()
  await expect(page.locator('.speed')).toHaveText('4×')
  await page.locator('.play').click()
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  await expect(chapter.step(4)).toHaveAttribute('data-state', 'here')
  await expect(chapter.terminal('shell')).toContainText('kubectl run nginx')
  await expect(page.locator('.locals .name', { hasText: /^scope$/ })).toBeVisible()
  await expect(page.locator('.play')).toHaveAttribute('aria-label', 'Play', { timeout: 40_000 })
  const steps = await page.locator('.walk').first().locator('.step').count()
  await expect(page.locator('.sum').first()).toContainText(`${steps} of ${steps} steps`)
  await expect(chapter.terminal('shell')).toContainText('/registry/pods/default/nginx')
})

test('the scrubber goes from step to step by keyboard, and back', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  const scrubber = page.getByRole('slider', { name: 'Place in the recording' })
  await scrubber.focus()
  await expect(page.locator('#debugger .xterm')).toBeVisible()
  await expect(async () => {
    await scrubber.press('Home')
    await scrubber.press('ArrowRight')
    await expect(scrubber).toHaveAttribute('aria-valuetext', /step 1 of/, { timeout: 500 })
  }).toPass()
  for (let step = 2; step <= 5; step++) await scrubber.press('ArrowRight')
  await expect(scrubber).toHaveAttribute('aria-valuetext', /step 5 of/)
  await expect(chapter.step(4)).toHaveAttribute('data-state', 'here')
  await scrubber.press('ArrowLeft')
  await scrubber.press('ArrowLeft')
  await expect(chapter.step(4)).toHaveAttribute('data-state', 'next')
  await expect(page.locator('#debugger .state')).toContainText('running')
})

test('Run plays a step, and reduced motion shows its end at once', async ({ page, recorded }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(`${recorded.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.run(4)
  await expect(chapter.step(4)).toHaveAttribute('data-state', 'here')
  await expect(chapter.step(3)).toHaveAttribute('data-state', 'passed')
  // Values stand behind the text of the line, in its row.
  const [text, value] = await Promise.all([chapter.current.locator('pre').boundingBox(), chapter.current.locator('.val').boundingBox()])
  expect(value?.y).toBeLessThan((text?.y ?? 0) + (text?.height ?? 0))
  expect(value?.x).toBeGreaterThanOrEqual((text?.x ?? 0) + (text?.width ?? 0) - 1)
  await expect(page.locator('.play')).toHaveAttribute('aria-label', 'Play')
})

test('a click on a line number offers a live session', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await page.locator('.work .ln').first().locator('.no').click()
  await expect(chapter.line).toHaveAttribute('data-line', 'notice')
  await expect(chapter.line).toContainText('needs a server of your own')
  await chapter.line.getByRole('button', { name: 'Back to the recording' }).click()
  await expect(page.locator('.player')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing in the ${colorScheme} page keeps anyone out, before a touch and after`, async ({ page, recorded }) => {
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto(`${recorded.url}${CHAPTER}`)
    const violations = async () =>
      (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    expect(await violations()).toEqual([])
    const chapter = new Chapter(page)
    await chapter.run(5)
    await expect(chapter.step(4)).toHaveAttribute('data-state', 'here')
    expect(await violations()).toEqual([])
  })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a line that differs from the release says so, ${colorScheme}`, async ({ page, recorded }) => {
    const changed = await (await page.request.get(`${recorded.url}/source/files/changed-lines.json`)).json()
    const [file, [{ line }]] = Object.entries<[{ line: number }]>(changed).find(([name]) => name.endsWith('/handlers/rest.go')) ?? ['', [{ line: 0 }]]
    await page.route('**/recorded.json', async (route) => {
      const answer = await route.fetch()
      const text = (await answer.text()).replaceAll(/"k8s\.io\/apiserver@[^"]*\/handlers\/create\.go","line":\d+/g, `"${file}","line":${line}`)
      await route.fulfill({ response: answer, body: text })
    })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.goto(`${recorded.url}${CHAPTER}`)
    const chapter = new Chapter(page)
    await chapter.run(4)
    await expect(chapter.current).toContainText('requestTimeoutUpperBound = 24 * time.Hour')
    await expect(chapter.current.locator('.flag')).toBeInViewport()
    await expect(chapter.current.locator('.flag')).toHaveText('changed in this build, the release has requestTimeoutUpperBound = 34 * time.Second')
    await expect(page.locator('.work .flag')).toHaveCount(1)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  })
}

test('a generated file of many thousand lines opens at its line without filling the page', async ({ page, recorded }) => {
  const file = 'k8s.io/api@v0.36.3/core/v1/generated.pb.go'
  await page.route('**/recorded.json', async (route) => {
    const answer = await route.fetch()
    await route.fulfill({
      response: answer,
      body: (await answer.text()).replaceAll(/"k8s\.io\/apiserver@[^"]*\/handlers\/create\.go","line":\d+/g, `"${file}","line":20000`),
    })
  })
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto(`${recorded.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.run(4)
  await expect(chapter.current).toHaveAttribute('data-line', '20000')
  await expect(chapter.current).toBeInViewport()
  expect(await page.locator('.work .ln').count()).toBeLessThan(1500)
  await page.locator('.work .code').evaluate((code) => code.scrollTo(0, code.scrollHeight))
  await expect(page.locator('.work .ln').last()).toBeInViewport()
})
