/** A source page with a session, of make-believe sandboxes: a number stops, the line where the server is halted follows, values stand at the ends of lines. */
import type { Page } from '@playwright/test'
import { expect, test } from './reader.ts'

const CREATE = '/source/k8s.io/apiserver/pkg/endpoints/handlers/create.go/'
const number = (page: Page, line: number) => page.locator('.no', { hasText: new RegExp(`^${line}$`) })
const terminal = (page: Page, name: 'debugger' | 'shell') => page.locator(`#${name} .xterm-accessibility-tree`)

/** Types a line into a terminal of the page by hand. */
async function type(page: Page, name: 'debugger' | 'shell', line: string): Promise<void> {
  await page.locator(`#${name} .xterm-helper-textarea`).focus()
  await page.keyboard.type(`${line}\n`)
}

test('Stop here has a sandbox made and stops at the chosen line; numbers then clear and stop, and say so', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CREATE}#L182`)
  await expect(page.locator('.here b')).toHaveText('createHandler')
  await page.getByRole('button', { name: 'Stop here' }).click()
  await expect(page.locator('.dock .session')).toHaveAttribute('data-line', 'live')
  await expect.poll(() => fake.sandboxes.length).toBe(1)
  await expect(page.getByRole('button', { name: /^Clear breakpoint \d+ at 182$/ })).toHaveAttribute('aria-pressed', 'true')
  await page.locator('.dock').getByRole('button', { name: 'Debugger' }).click()
  await expect(terminal(page, 'debugger')).toContainText('break handlers/create.go:182')
  await page.getByRole('button', { name: /^Clear breakpoint \d+ at 182$/ }).click()
  await expect(page.getByRole('button', { name: 'Break at 182' })).toHaveAttribute('aria-pressed', 'false')
})

test('with a session a line is still chosen: with Shift, or when numbers are set to', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CREATE}#L53`)
  await page.getByRole('button', { name: 'Stop here' }).click()
  await expect(page.getByRole('button', { name: 'Break at 65' })).toBeVisible()
  await number(page, 65).click({ modifiers: ['Alt'] })
  await expect(page).toHaveURL(/#L65$/)
  await page.locator('.pressing').getByRole('button', { name: 'select' }).click()
  await number(page, 67).click()
  await expect(page).toHaveURL(/#L67$/)
  await expect(number(page, 67)).not.toHaveAttribute('aria-pressed', 'true')
})

test('the first click on a number is one command, although what names need comes after it', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CREATE}#L182`)
  await page.getByRole('button', { name: 'Stop here' }).click()
  await page.getByRole('button', { name: 'Break at 183' }).click()
  // Clearing it comes after whatever the click had typed.
  await page.getByRole('button', { name: /^Clear breakpoint \d+ at 183$/ }).click()
  await expect(page.getByRole('button', { name: 'Break at 183' })).toHaveAttribute('aria-pressed', 'false')
  await page.locator('.dock').getByRole('button', { name: 'Debugger' }).click()
  await expect(terminal(page, 'debugger')).toContainText('clear 2')
  const typed = (await terminal(page, 'debugger').textContent()) ?? ''
  expect(typed.match(/break handlers\/create\.go:183/g)).toHaveLength(1)
})

test('the page follows the server: its line, the values of the function, and away when it runs', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CREATE}#L53`)
  await page.getByRole('button', { name: 'Stop here' }).click()
  await page.getByRole('button', { name: 'Break at 183' }).click()
  await expect(number(page, 183)).toHaveAttribute('aria-pressed', 'true')
  await expect(page.locator('.dock .what')).toContainText('running')
  await page.evaluate(() => scrollTo(0, 0))
  await page.locator('.dock').getByRole('button', { name: 'Shell' }).click()
  await type(page, 'shell', 'kubectl run web --image=nginx')
  await expect(page.locator('.band.halted')).toBeInViewport()
  await expect(number(page, 183)).toHaveClass(/halted/)
  await expect(page.locator('.dock .what')).toContainText('halted at create.go:183')
  await expect(page.locator('.line-end .val').first()).toBeVisible()
  const lines = await page
    .locator('.line-end:has(.val)')
    .evaluateAll((ends) => ends.map((end) => Math.round((end as HTMLElement).offsetTop / 20) + 1))
  expect(lines.length).toBeGreaterThan(0)
  expect(Math.max(...lines)).toBeLessThanOrEqual(183)
  await page.locator('.dock').getByRole('button', { name: 'Continue' }).click()
  await expect(page.locator('.band.halted')).toHaveCount(0)
  await expect(page.locator('.line-end .val')).toHaveCount(0)
})

test('on another file the line says where the server is halted, and goes there with the session', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CREATE}#L53`)
  await page.getByRole('button', { name: 'Stop here' }).click()
  await page.getByRole('button', { name: 'Break at 183' }).click()
  await expect(number(page, 183)).toHaveAttribute('aria-pressed', 'true')
  // What has not been typed when a page is left is not typed.
  await expect(page.locator('.dock .session .what')).toHaveAttribute('data-is', 'running')
  await page.goto(`${fake.relay.url}/source/k8s.io/apiserver/pkg/endpoints/handlers/rest.go/`)
  await expect(page.locator('.dock .session')).toHaveAttribute('data-line', 'live')
  await page.locator('.dock').getByRole('button', { name: 'Shell' }).click()
  await type(page, 'shell', 'kubectl run web --image=nginx')
  await page.getByRole('link', { name: 'Go to create.go:183' }).click()
  await expect(page).toHaveURL(/create\.go\/#L183$/)
  await expect(page.locator('.band.halted')).toBeInViewport()
  await expect(page.locator('.line-end .val').first()).toBeVisible()
})

test('an address that asks to stop at its line does so once', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CREATE}`)
  // As a link of this site would have it.
  await page.evaluate((to) => {
    location.href = to
  }, `${CREATE}?stop#L182`)
  await expect(page.getByRole('button', { name: /^Clear breakpoint \d+ at 182$/ })).toBeVisible()
  expect(page.url()).toBe(`${fake.relay.url}${CREATE}#L182`)
  await page.getByRole('button', { name: /^Clear breakpoint \d+ at 182$/ }).click()
  await expect(page.getByRole('button', { name: 'Break at 182' })).toBeVisible()
  await page.reload()
  await expect(page.locator('.dock .session')).toHaveAttribute('data-line', 'live')
  await expect(page.getByRole('button', { name: 'Break at 182' })).toHaveAttribute('aria-pressed', 'false')
})

test('a link from elsewhere does not have a sandbox made', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CREATE}?stop#L182`)
  await expect(page.getByRole('button', { name: 'Stop here' })).toBeVisible()
  expect(page.url()).toBe(`${fake.relay.url}${CREATE}#L182`)
  expect(fake.sandboxes).toHaveLength(0)
})

test('when the session ends the page is as before, and another can be had', async ({ page, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CREATE}#L182`)
  await page.getByRole('button', { name: 'Stop here' }).click()
  await expect(page.locator('.dock .session')).toHaveAttribute('data-line', 'live')
  await page.locator('.dock').getByRole('button', { name: 'End' }).click()
  await expect(page.locator('.dock .session')).toHaveAttribute('data-line', 'ended')
  await number(page, 185).click()
  await expect(page).toHaveURL(/#L185$/)
  await page.locator('.dock').getByRole('button', { name: 'New sandbox' }).click()
  await expect(page.locator('.dock .session')).toHaveAttribute('data-line', 'live')
})

test('a place that a terminal prints is a link to its page', async ({ page, context, fake }) => {
  fake.relay.goLive({ backend: fake.backend, ahead: 0 })
  await page.goto(`${fake.relay.url}${CREATE}#L182`)
  await page.getByRole('button', { name: 'Stop here' }).click()
  await page.locator('.dock').getByRole('button', { name: 'Debugger' }).click()
  const row = page.locator('#debugger .xterm-accessibility-tree > div', { hasText: 'break handlers/create.go:182' })
  const box = await row.boundingBox()
  if (!box) throw new Error('The terminal shows no such row.')
  const name = { x: box.x + 120, y: box.y + box.height / 2 }
  await page.mouse.move(name.x - 2, name.y)
  await page.mouse.move(name.x, name.y)
  await expect(page.locator('#debugger .xterm-cursor-pointer')).toBeAttached()
  const [tab] = await Promise.all([context.waitForEvent('page'), page.mouse.click(name.x, name.y)])
  expect(tab.url()).toBe(`${fake.relay.url}${CREATE}#L182`)
})
