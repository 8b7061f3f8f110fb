/** Search as a reader uses it: by keyboard, by pointer, on a phone, by link, with a session and without, and when something does not come. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { CHAPTER, Chapter, expect, test } from './reader.ts'

const CREATE = '/source/k8s.io/apiserver/pkg/storage/etcd3/store.go/'
const box = (page: Page) => page.getByRole('dialog', { name: 'Search' })
const field = (page: Page) => page.getByRole('combobox', { name: 'Search functions and prose' })
const chosen = (page: Page) => page.getByRole('option', { selected: true })

test('a key opens the box on every page, nothing of it is loaded before, and Esc gives the focus back', async ({ page, recorded }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  for (const path of ['/', CHAPTER, '/sources/', '/no-such-page/']) {
    asked.length = 0
    await page.goto(`${recorded.url}${path}`)
    await page.waitForLoadState('networkidle')
    expect(
      asked.filter((one) => /functions\/|pagefind|search\./.test(one)),
      path,
    ).toEqual([])
    const link = page.locator('.brand')
    await link.focus()
    await page.keyboard.press(path === '/' ? 'Control+k' : '/')
    await expect(field(page), path).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(box(page)).toBeHidden()
    await expect(link).toBeFocused()
  }
})

test('by keyboard alone: type, choose, go to the other group, read', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}/sources/`)
  await page.keyboard.press('/')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('(*store).Create')
  await expect(chosen(page)).toContainText('(*store).Create')
  await expect(chosen(page)).toContainText('etcd3 · store.go:')
  await expect(page.getByRole('status')).toHaveText(/functions?, \d+ places?$/)
  await page.keyboard.press('ArrowDown')
  await expect(chosen(page)).toContainText('(*Store).Create')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('group', { name: /^The book/ }).getByRole('option', { selected: true })).toBeVisible()
  await expect(field(page)).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(chosen(page)).toContainText('(*store).Create')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`${CREATE}#L\\d+$`))
})

test('what is typed before the box is there is not lost', async ({ page, recorded }) => {
  let go = () => {}
  const wait = new Promise<void>((resolve) => {
    go = resolve
  })
  await page.route('**/_astro/box.*.js', async (route) => {
    await wait
    await route.continue()
  })
  await page.goto(`${recorded.url}/sources/`)
  await page.keyboard.press('/')
  await page.keyboard.type('DBHC')
  go()
  await expect(field(page)).toHaveValue('DBHC')
  await expect(chosen(page)).toContainText('DefaultBuildHandlerChain')
})

test("all that the first result needs is asked for at once, and the book's words after it", async ({ page, recorded }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  let go = () => {}
  const wait = new Promise<void>((resolve) => {
    go = resolve
  })
  await page.route('**/functions/core.json', async (route) => {
    await wait
    await route.continue()
  })
  // Nothing can follow from a script that has not come.
  await page.route('**/_astro/*.js', async (route) => {
    if (asked.some((path) => path.endsWith('core.json'))) await wait
    await route.continue()
  })
  await page.goto(recorded.url)
  await page.waitForLoadState('networkidle')
  asked.length = 0
  await page.keyboard.press('/')
  await page.keyboard.type('GuaranteedUpdate')
  const needed = ['/search.', '/box.', '/functions/core.json']
  await expect.poll(() => needed.filter((one) => !asked.some((path) => path.includes(one)))).toEqual([])
  // What was asked for in the same moment has been heard of by then.
  await page.evaluate(() => new Promise(requestAnimationFrame))
  const early = asked.length
  go()
  await expect(chosen(page)).toContainText('(*store).GuaranteedUpdate')
  await expect(page.locator('.of-prose .hit').first()).toBeVisible()
  expect(asked.slice(early).filter((path) => path.startsWith('/_astro/'))).toEqual([])
  expect(asked.slice(0, early).filter((path) => path.includes('pagefind'))).toEqual([])
})

test('the chapter that visits a function is a key away', async ({ page, recorded }) => {
  await page.goto(recorded.url)
  await page.keyboard.press('/')
  await page.keyboard.type('DBHC')
  await expect(chosen(page)).toContainText('The handler chain')
  await page.keyboard.press('Shift+Enter')
  await expect(page).toHaveURL(/\/handler-chain\/(#.*)?$/)
})

test('the break command is copied and said, and places of the book that come later do not take that away', async ({ page, context, recorded }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  let go = () => {}
  const wait = new Promise<void>((resolve) => {
    go = resolve
  })
  await page.route('**/pagefind/**', async (route) => {
    await wait
    await route.continue()
  })
  await page.goto(recorded.url)
  await page.keyboard.press('/')
  await page.keyboard.type('etcd3 store create')
  await expect(chosen(page)).toContainText('(*store).Create')
  await page.keyboard.press('Control+b')
  const command = 'break k8s.io/apiserver/pkg/storage/etcd3.(*store).Create'
  await expect(page.getByRole('status')).toHaveText(`Copied: ${command}`)
  go()
  await expect(page.locator('.of-prose .hit').first()).toBeVisible()
  await expect(page.getByRole('status')).toHaveText(`Copied: ${command}`)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(command)
})

test('a terminal keeps its keys', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}${CHAPTER}`)
  await page.locator('.play').click()
  await page.locator('#shell .xterm-helper-textarea').focus()
  await page.keyboard.press('/')
  await page.keyboard.press('Control+k')
  await expect(page.locator('dialog')).toHaveCount(0)
})

test('with a session here, Stop here types the command at the prompt', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  await chapter.run(1)
  await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
  await page.locator('.brand').focus()
  await page.keyboard.press('/')
  await page.keyboard.type('etcd3 store create')
  await expect(chosen(page)).toContainText('Stop here')
  await page.keyboard.press('Control+Enter')
  await expect(box(page)).toBeHidden()
  await expect(chapter.terminal('debugger')).toContainText(/break etcd3\/store\.go:\d+/)
})

test('without a session Stop here leads to the source page, which has a sandbox made', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(fake.relay.url)
  await page.keyboard.press('/')
  await page.keyboard.type('handlers createHandler')
  await expect(chosen(page)).toContainText('Stop here')
  expect(fake.sandboxes).toHaveLength(0)
  await page.keyboard.press('Control+Enter')
  await expect(page).toHaveURL(/\/handlers\/create\.go\/#L\d+$/)
  await expect(page.locator('.dock .session')).toHaveAttribute('data-line', 'live')
  await page.locator('.dock').getByRole('button', { name: 'Debugger' }).click()
  await expect(page.locator('#debugger .xterm-accessibility-tree')).toContainText(/break handlers\/create\.go:\d+/)
  expect(fake.sandboxes).toHaveLength(1)
})

test('where there are no sandboxes there is no Stop here', async ({ page, recorded }) => {
  await page.goto(recorded.url)
  await page.keyboard.press('/')
  await page.keyboard.type('etcd3 store create')
  await expect(chosen(page)).toContainText('Copy the break command')
  await expect(page.getByText('Stop here')).toHaveCount(0)
  await page.keyboard.press('Control+Enter')
  await expect(field(page)).toBeFocused()
})

test('a list that does not come says so, and is asked for again', async ({ page, recorded }) => {
  await page.route('**/functions/core.json', (route) => route.fulfill({ status: 503, body: '' }))
  await page.route('**/pagefind.js', (route) => route.abort())
  await page.goto(recorded.url)
  await page.keyboard.press('/')
  await page.keyboard.type('Create')
  await expect(page.getByText('The list of functions could not be loaded: The site answered 503.')).toBeVisible()
  await expect(page.getByText('The index of the book could not be loaded')).toBeVisible()
  await page.unroute('**/functions/core.json')
  await page.getByRole('button', { name: 'Try again' }).first().click()
  await expect(chosen(page)).toContainText('Create')
})

test('nothing found is said, and so is what can be asked', async ({ page, recorded }) => {
  await page.goto(recorded.url)
  await page.locator('.ask').click()
  await page.getByRole('button', { name: 'DBHC' }).click()
  await expect(chosen(page)).toContainText('DefaultBuildHandlerChain')
  await field(page).fill('qqzzxxqqzz')
  await expect(page.getByText('No function has a name like this.')).toBeVisible()
})

test('a link asks, with a slash or without, and Back comes back to what was asked', async ({ page, recorded }) => {
  for (const path of ['/search?q=GuaranteedUpdate', '/search/?q=GuaranteedUpdate']) {
    await page.goto(`${recorded.url}${path}`)
    await expect(field(page)).toHaveValue('GuaranteedUpdate')
    await expect(chosen(page)).toContainText('(*store).GuaranteedUpdate')
  }
  await field(page).fill('ServeHTTP')
  await expect(page).toHaveURL(/\/search\/\?q=ServeHTTP$/)
  await expect(page.getByRole('option').nth(40)).toBeAttached()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/source\//)
  await page.goBack()
  await expect(field(page)).toHaveValue('ServeHTTP')
  await page.reload()
  await expect(field(page)).toHaveValue('ServeHTTP')
})

test('what does not fit the box is on the page', async ({ page, recorded }) => {
  await page.goto(recorded.url)
  await page.keyboard.press('/')
  await page.keyboard.type('ServeHTTP')
  await page.getByRole('option', { name: /^All \d+ functions$/ }).click()
  await expect(page).toHaveURL(/\/search\/\?q=ServeHTTP$/)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing in the ${colorScheme} box or page keeps anyone out`, async ({ page, recorded }) => {
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const violations = async () =>
      (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    await page.goto(`${recorded.url}/sources/`)
    await page.keyboard.press('/')
    await expect(page.getByText('You can look for')).toBeVisible()
    expect(await violations()).toEqual([])
    await page.keyboard.type('GuaranteedUpdate')
    await expect(page.locator('.of-prose .hit').first()).toBeVisible()
    expect(await violations()).toEqual([])
    await page.goto(`${recorded.url}/search/?q=Create`)
    await expect(page.locator('.of-prose .hit').first()).toBeVisible()
    expect(await violations()).toEqual([])
  })
}

test('on a phone the box fills the screen, and a tap reads', async ({ browser, recorded }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const page = await context.newPage()
  await page.goto(`${recorded.url}${CHAPTER}`)
  await page.getByRole('link', { name: 'Functions and prose' }).tap()
  await field(page).fill('GuaranteedUpdate')
  const place = page
    .getByRole('group', { name: /^The book/ })
    .getByRole('option')
    .first()
  await expect(place).toBeVisible()
  // A row is as high as its lines: once it took over the room that a chapter on a phone has below its text.
  const [row, lines] = await place.evaluate((one) => [one.clientHeight, [...one.children].reduce((sum, line) => sum + line.clientHeight, 0)])
  expect(row).toBeLessThan((lines ?? 0) + 30)
  await field(page).fill('store.Create')
  await expect(chosen(page)).toContainText('Create')
  expect(await box(page).boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.getByRole('option').first().tap()
  await expect(page).toHaveURL(new RegExp(`${CREATE}#L\\d+$`))
  await context.close()
})
