/** Names in source answer to mouse and keyboard: definition, callers, implementers. On the index of a small program, in a page that shows it as source pages do. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { findGo } from '../../src/pins/go.ts'
import { runProgram } from '../../src/source/code-index.ts'
import { CODE_SITE, openCodePage } from '../support/code-page.ts'
import { middleOf } from '../support/middle-of.ts'

const MODULE = resolve('tests/fixtures/code-index')
const NAMED = 'example.com/code@v1.2.3/'
const FILE = `${NAMED}main.go`
const files = ['main.go', 'other/other.go'].map((file) => ({ file: NAMED + file, path: join(MODULE, file) }))
const paths = new Map(files.map(({ file, path }) => [file, path]))

/** Scoped to the worker: the program runs once. */
const test = base.extend<object, { folder: string }>({
  folder: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from the pattern.
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'code-page-'))
      await runProgram({ module: MODULE, root: '.', files, folder, go: await findGo(process.env) })
      await use(folder)
      await rm(folder, { recursive: true })
    },
    { scope: 'worker', timeout: 300_000 },
  ],
})

/** The number of the line that begins with a text. */
async function lineOf(text: string): Promise<number> {
  const lines = (await readFile(join(MODULE, 'main.go'), 'utf8')).split('\n')
  return lines.findIndex((line) => line.startsWith(text)) + 1
}

const dialog = (page: Page) => page.getByRole('dialog')

test('a click says what a name is, who calls it and who implements it', async ({ page, folder }) => {
  await openCodePage(page, { folder, paths, file: FILE })
  await page.mouse.click(...(await middleOf(page, 'sum += shape.Area()', 'Area')))
  await expect(dialog(page)).toHaveAccessibleName('Area')
  await expect(dialog(page).locator('.sig')).toHaveText('func (Shape) Area() int')
  await expect(dialog(page).locator('.doc')).toHaveText('Area is in square units.')
  await expect(dialog(page).getByRole('tab')).toHaveText(['Implemented by 2', 'Called by 1'])
  await expect(dialog(page).getByRole('tabpanel').getByRole('listitem')).toHaveText([
    /^square\.Area .*main\.go:\d+$/,
    /^\(\*circle\)\.Area and 1 type that embeds it/,
  ])
  await dialog(page).getByRole('tab', { name: 'Called by 1' }).click()
  await expect(dialog(page).getByRole('listitem')).toHaveText([/^total /])
  await expect(dialog(page).getByRole('link', { name: /^total/ })).toHaveAttribute('href', /^\/source\/example\.com\/code\/main\.go\/#L\d+$/)
  await expect(dialog(page)).toContainText('Looked for in the 2 files')
  // A click elsewhere closes it, and the line is as it was.
  await page.mouse.click(5, 5)
  await expect(dialog(page)).toBeHidden()
  await expect(page.locator('.sym')).toHaveCount(0)
})

test('calls through interfaces are marked as such', async ({ page, folder }) => {
  await openCodePage(page, { folder, paths, file: FILE })
  await page.mouse.click(...(await middleOf(page, 'func (c *circle) Area()', 'Area')))
  await dialog(page).getByRole('tab', { name: 'Through interfaces 1' }).click()
  await expect(dialog(page).getByRole('tabpanel')).toContainText('which implementation runs is decided there and then')
  await expect(dialog(page).getByRole('listitem')).toHaveText([/^total code\.Shape\.Area /])
})

test('the keyboard reaches every name: arrows, Enter, Escape, F12', async ({ page, folder }) => {
  await openCodePage(page, { folder, paths, file: FILE })
  const number = page.getByRole('button', { name: String(await lineOf('\t\tsum += shape.Area()')), exact: true })
  await number.focus()
  for (const name of ['sum', 'shape', 'Area']) {
    await page.keyboard.press('ArrowRight')
    await expect(page.locator('.sym')).toHaveAccessibleName(name)
    await expect(page.locator('.sym')).toBeFocused()
  }
  await page.keyboard.press('Enter')
  await expect(dialog(page).getByRole('tab').first()).toBeVisible()
  await expect(dialog(page).locator(':focus')).toHaveCount(1)
  await dialog(page).getByRole('tab').first().focus()
  await page.keyboard.press('ArrowRight')
  await expect(dialog(page).getByRole('tab', { selected: true })).toHaveText('Called by 1')
  await page.keyboard.press('Escape')
  await expect(dialog(page)).toBeHidden()
  await expect(page.locator('.sym')).toBeFocused()
  await page.keyboard.press('F12')
  await expect(page.locator('body')).toHaveAttribute('data-went', `/source/example.com/code/main.go/#L${await lineOf('\tArea() int')}`)
  await page.keyboard.press('Escape')
  await expect(number).toBeFocused()
  await expect(page.locator('.sym')).toHaveCount(0)
})

test('with Ctrl a click goes to the definition, in another file too', async ({ page, folder }) => {
  await openCodePage(page, { folder, paths, file: FILE })
  await page.keyboard.down('Control')
  await page.mouse.click(...(await middleOf(page, 'onDraw: Draw', 'Draw}')))
  await page.keyboard.up('Control')
  await expect(page.locator('body')).toHaveAttribute('data-went', '/source/example.com/code/other/other.go/#L8')
})

test('where the pointer rests signature and doc are shown, and F12 goes there', async ({ page, folder }) => {
  await openCodePage(page, { folder, paths, file: FILE })
  await page.mouse.move(...(await middleOf(page, 'both := pair', 'pair')))
  const hint = page.getByRole('tooltip')
  await expect(hint).toContainText('type pair[T any] struct{ first, second T }')
  await expect(hint).toContainText('pair is generic.')
  await expect(hint.getByRole('tab')).toHaveCount(0)
  await page.keyboard.press('F12')
  await expect(page.locator('body')).toHaveAttribute('data-went', /main\.go\/#L\d+$/)
  await page.mouse.move(5, 5)
  await expect(hint).toBeHidden()
})

test('what lies outside is said, with a way to its documentation; blanks and comments say nothing', async ({ page, folder }) => {
  await openCodePage(page, { folder, paths, file: FILE })
  await page.mouse.click(...(await middleOf(page, 'errors.New', 'New')))
  await expect(dialog(page)).toContainText('New belongs to package errors of the standard library, which has no pages here.')
  await expect(dialog(page).getByRole('link')).toHaveAttribute('href', 'https://pkg.go.dev/errors#New')
  await page.keyboard.press('Escape')
  await page.mouse.click(...(await middleOf(page, '// Area implements Shape.', 'Shape')))
  await page.mouse.click(...(await middleOf(page, 'sum += shape.Area()', 'sum')))
  // The second click was answered, so the first one is done with.
  await expect(dialog(page)).toHaveAccessibleName('sum')
})

test('while the index is built a click says so, and resting the pointer says nothing', async ({ page }) => {
  await openCodePage(page, { folder: null, paths, file: FILE })
  const place = await middleOf(page, 'sum += shape.Area()', 'Area')
  const asked = page.waitForResponse((response) => response.url() === `${CODE_SITE}source/code/index.json`)
  await page.mouse.move(...place)
  expect((await asked).status()).toBe(404)
  await page.mouse.click(...place)
  await expect(dialog(page)).toContainText('is still being built')
  await expect(page.getByRole('tooltip')).toBeHidden()
})

test('on a phone it is a sheet at the bottom, and axe finds nothing in it', async ({ page, folder }) => {
  await page.setViewportSize({ width: 390, height: 780 })
  await openCodePage(page, { folder, paths, file: FILE })
  await page.mouse.click(...(await middleOf(page, 'sum += shape.Area()', 'Area')))
  await expect(dialog(page).getByRole('listitem').first()).toBeVisible()
  const box = await dialog(page).boundingBox()
  expect(box).toMatchObject({ x: 0, width: 390 })
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBe(780)
  const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html).join()}`)).toEqual([])
})
