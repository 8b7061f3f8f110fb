/** A chapter where there is no room for all panes: the dock of a tablet, the sheets of a phone, and the keyboard in both. */
import { AxeBuilder } from '@axe-core/playwright'
import { loadBook } from '../../src/book/load.ts'
import { CHAPTER, Chapter, expect, test } from './reader.ts'

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true })

  test('a sheet opens from the bar, and closes by the same tab, the shade and Escape', async ({ page, recorded }) => {
    await page.goto(`${recorded.url}${CHAPTER}`)
    const source = page.getByRole('tab', { name: 'Source' })
    const pane = page.locator('.work .src')
    await expect(pane).toBeHidden()
    await source.tap()
    await expect(pane).toBeVisible()
    await expect(page.locator('.scrim')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(pane).toBeHidden()
    await expect(source).toBeFocused()
    await source.tap()
    await page.locator('.scrim').tap({ position: { x: 20, y: 20 } })
    await expect(pane).toBeHidden()
    await source.tap()
    await source.tap()
    await expect(pane).toBeHidden()
  })

  test('lines of Go fold, and nothing is wider than the window', async ({ page, recorded }) => {
    await page.goto(`${recorded.url}${CHAPTER}`)
    await page.getByRole('tab', { name: 'Source' }).tap()
    await expect(page.locator('.work .ln[aria-current]')).toBeInViewport()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(await page.locator('.work .code').evaluate((code) => code.scrollWidth - code.clientWidth)).toBeLessThanOrEqual(0)
  })

  test('no chapter is wider than the window', async ({ page, recorded }) => {
    const { chapters } = await loadBook('content')
    for (const { id } of chapters) {
      await page.goto(`${recorded.url}/${id}/`)
      await page.locator('details').evaluateAll((all) => {
        for (const one of all) one.setAttribute('open', '')
      })
      expect(await page.evaluate(() => document.documentElement.scrollWidth), id).toBeLessThanOrEqual(390)
    }
  })

  test('a step that halted leads to its line', async ({ page, recorded }) => {
    test.slow()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`${recorded.url}${CHAPTER}`)
    const chapter = new Chapter(page)
    await chapter.run(4)
    await chapter.step(4).getByRole('button', { name: 'Show the line' }).tap()
    await expect(chapter.current).toBeInViewport()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
  })
})

test.describe('on a phone with a session', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

  test('the session can be ended, and left for the recording, from the bar and from a sheet', async ({ page, fake }) => {
    fake.relay.goLive({ backend: fake.backend, ahead: 0 })
    await page.goto(`${fake.relay.url}${CHAPTER}`)
    const chapter = new Chapter(page)
    await chapter.step(1).locator('.run').tap()
    await expect(chapter.line).toHaveAttribute('data-line', 'live')
    await chapter.line.getByRole('button', { name: 'End' }).tap()
    await expect(chapter.line).toContainText('You ended this session')
    await page.getByRole('tab', { name: 'Shell' }).tap()
    await chapter.line.getByRole('button', { name: 'New sandbox' }).tap()
    await expect(chapter.line).toHaveAttribute('data-line', 'live')
    await chapter.line.getByRole('button', { name: 'End' }).tap()
    await chapter.line.getByRole('button', { name: 'Go on recorded' }).tap()
    await expect(chapter.line).toHaveAttribute('data-line', 'player')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })

  test('why it is recorded only can be read whole', async ({ page, fake }) => {
    const fix = 'Allow it with sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0 and start again.'
    fake.relay.setStatus({ is: 'recorded', why: 'This system lets nobody make a user namespace.', fix })
    await page.goto(`${fake.relay.url}${CHAPTER}`)
    const words = page.locator('.build button')
    await words.tap()
    await expect(words).toContainText(fix)
    expect(await words.evaluate((button) => button.scrollWidth <= button.clientWidth)).toBe(true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})

test.describe('on a tablet', () => {
  test.use({ viewport: { width: 900, height: 1100 } })

  test('the dock shows one pane, tabs go by arrow keys, and its height too', async ({ page, recorded }) => {
    await page.goto(`${recorded.url}${CHAPTER}`)
    await expect(page.locator('.work .src')).toBeVisible()
    await page.getByRole('tab', { name: 'Debugger' }).click()
    await expect(page.locator('#debugger .xterm')).toBeVisible()
    await page.getByRole('tab', { name: 'Debugger' }).press('ArrowRight')
    await expect(page.getByRole('tab', { name: 'Shell' })).toBeFocused()
    await expect(page.locator('#shell')).toBeVisible()
    const work = page.locator('.work')
    const before = (await work.boundingBox())?.height ?? 0
    await page.getByRole('separator', { name: 'Height of the dock' }).press('ArrowUp')
    await expect.poll(async () => (await work.boundingBox())?.height ?? 0).toBeGreaterThan(before)
  })
})
