/** From a function's name to the reader's own server halted in it: search, the source page, the real code index, Stop here in a real sandbox. */
import { middleOf } from '../support/middle-of.ts'
import { expect, test } from './reader.ts'

const CREATE = '/source/k8s.io/apiserver/pkg/endpoints/handlers/create.go/'
/** A busy machine takes a while to boot a control plane. */
const BOOT = 150_000

test('a name of the API server says what implements it, and leads to where it is defined', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}${CREATE}#L184`)
  await page.mouse.click(...(await middleOf(page, 'return r.Create(', 'Create')))
  const dialog = page.getByRole('dialog', { name: 'Create' })
  await expect(dialog.locator('.sig')).toContainText('NamedCreater')
  await dialog.getByRole('tab', { name: /^Implemented by \d+$/ }).click()
  await expect(dialog.getByRole('tabpanel')).toContainText('namedCreaterAdapter')
  await page.keyboard.press('Escape')
  await page.keyboard.down('Control')
  await page.mouse.click(...(await middleOf(page, 'admission.NewAttributesRecord(obj, nil', 'NewAttributesRecord')))
  await page.keyboard.up('Control')
  await expect(page).toHaveURL(/\/source\/k8s\.io\/apiserver\/pkg\/admission\/attributes\.go\/#L\d+$/)
  await expect(page.locator('.here b')).toHaveText('NewAttributesRecord')
})

test('a function is searched for, and the reader’s own server stops in it', async ({ page, live }) => {
  test.setTimeout(240_000)
  await page.goto(live.url)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('handlers createHandler')
  await expect(page.getByRole('option', { selected: true })).toContainText('createHandler')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`${CREATE}#L\\d+$`))
  await page.evaluate(() => {
    location.hash = '#L182'
  })
  await page.getByRole('button', { name: 'Stop here' }).click()
  await expect(page.locator('.dock .session')).toHaveAttribute('data-line', 'live', { timeout: BOOT })
  await expect(page.getByRole('button', { name: /^Clear breakpoint \d+ at 182$/ })).toBeVisible({ timeout: 30_000 })
  // A new server stands at the prompt: it is let run without another click.
  await expect(page.locator('.dock .session .what')).toHaveAttribute('data-is', 'running', { timeout: 30_000 })
  await page.locator('.dock').getByRole('button', { name: 'Shell' }).click()
  await page.locator('#shell .xterm-helper-textarea').focus()
  await page.keyboard.type('kubectl run web --image=nginx\n')
  await expect(page.locator('.dock .session .what')).toContainText('halted at create.go:182', { timeout: 30_000 })
  await expect(page.locator('.band.halted')).toBeInViewport()
  await expect(page.locator('.line-end .val', { hasText: 'namespace = "default"' }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Break at 209' }).click()
  await expect(page.getByRole('button', { name: /^Clear breakpoint \d+ at 209$/ })).toBeVisible()
  await page.locator('.dock').getByRole('button', { name: 'Continue' }).click()
  await expect(page.locator('.dock .session .what')).toContainText('halted at create.go:209')
  await page.locator('.dock').getByRole('button', { name: 'Continue' }).click()
  await expect(page.locator('#shell .xterm-accessibility-tree')).toContainText('pod/web created', { timeout: 30_000 })
})
