/** The whole walk, live: a reader's own API server halts in the browser. Real sandboxes, and the bad days that a reader can bring about. */
import { AxeBuilder } from '@axe-core/playwright'
import { CHAPTER, Chapter, expect, test } from './reader.ts'

test.describe.configure({ mode: 'serial', timeout: 240_000 })

/** A busy machine takes a while to boot a control plane. */
const BOOT = 150_000

test('every step of the walk keeps its promise, and the panes follow', async ({ page, live }) => {
  await page.goto(`${live.url}${CHAPTER}`)
  const chapter = new Chapter(page)
  const lineWith = (text: string) => page.locator('.work .ln', { has: page.locator('pre', { hasText: text }) }).first()

  await test.step('Run on the first step starts a sandbox and types the step', async () => {
    await chapter.run(1)
    await expect(chapter.line).toHaveAttribute('data-line', 'claiming')
    await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed', { timeout: BOOT })
    await expect(chapter.line).toHaveAttribute('data-line', 'live')
    await expect(chapter.terminal('debugger')).toContainText('Breakpoint create set at')
    await expect(page.locator('.work .no[aria-pressed="true"]')).toHaveCount(1)
  })

  await test.step('kubectl halts the server, and the pane shows the line', async () => {
    await chapter.walk(2, 4)
    await expect(chapter.step(4)).toHaveAttribute('data-state', 'here')
    await expect(chapter.current).toContainText('admissionAttributes := admission.NewAttributesRecord(')
    await expect(page.locator('.work .fn')).toHaveText('createHandler.func1')
    await expect(page.locator('#shell .hang')).toBeVisible()
    await expect(page.locator('[data-stage="admission"]').first()).toHaveAttribute('data-state', 'here')
    await expect(page.locator('.stack [aria-current]')).toContainText('createHandler.func1')
  })

  await test.step('a reload in the middle of the walk comes back to the halt', async () => {
    await page.reload()
    await expect(chapter.line).toContainText('halted at create.go:', { timeout: 30_000 })
    await expect(chapter.step(4)).toHaveAttribute('data-state', 'here')
    await expect(chapter.step(3)).toHaveAttribute('data-state', 'passed')
    await expect(chapter.current).toContainText('admissionAttributes := admission.NewAttributesRecord(')
    await expect(page.locator('.work .no[aria-pressed="true"]')).toHaveCount(1)
    await expect(page.locator('.arguments .name', { hasText: /^req$/ })).toBeVisible()
    await expect(page.locator('.locals .name', { hasText: /^scope$/ })).toBeVisible()
    await expect(page.locator('.stack [aria-current]')).toContainText('createHandler.func1')
    await expect(page.locator('#shell .hang')).toBeVisible()
    await expect(chapter.terminal('debugger')).toContainText('> [create]')
  })

  await test.step('a value is opened, and its members come from Delve', async () => {
    const obj = page.locator('.locals details', { has: page.locator('summary .name', { hasText: /^obj$/ }) }).first()
    await obj.locator('summary').first().click()
    await expect(obj.locator('.name', { hasText: /^ObjectMeta$/ }).first()).toBeVisible()
  })

  await test.step('the pane follows what is typed by hand', async () => {
    const before = Number(await chapter.current.getAttribute('data-line'))
    await chapter.type('debugger', 'next')
    await expect(chapter.current).toHaveAttribute('data-line', String(before + 1))
    await chapter.type('debugger', 'up')
    await expect(page.locator('.work .path b')).not.toHaveText('create.go')
    await expect(page.locator('.stack [aria-current]')).toHaveAttribute('data-frame', '1')
  })

  await test.step('a frame far out is laid out and marked', async () => {
    await expect(page.locator('.stack [data-frame]')).toHaveCount(12)
    await chapter.type('debugger', 'frame 20')
    await expect(page.locator('.stack [aria-current]')).toHaveAttribute('data-frame', '20')
    await expect(page.locator('.stack [data-frame]')).toHaveCount(21)
  })

  await test.step('a click on a frame is typed, and Delve’s reply moves the pane', async () => {
    await page.locator('.stack [data-frame="0"]').click()
    await expect(chapter.terminal('debugger')).toContainText('frame 0')
    await expect(page.locator('.work .path b')).toHaveText('create.go')
  })

  await test.step('the rest of the walk: the Pod is created', async () => {
    const steps = await page.locator('.walk').first().locator('.step').count()
    await chapter.walk(5, steps)
    await expect(chapter.terminal('shell')).toContainText('pod/nginx created')
    await expect(page.locator('.sum').first()).toContainText(`${steps} of ${steps} steps`)
  })

  await test.step('while the server runs, the pane says so', async () => {
    await expect(page.locator('#debugger .state')).toContainText('running')
    await expect(page.locator('.look')).toHaveAttribute('data-words', /The server runs/)
    await expect(page.locator('.work .tree').first()).toBeHidden()
  })

  await test.step('a click on a line of a running server halts it, sets the breakpoint and lets it run on', async () => {
    const number = lineWith('result, err := finisher.FinishRequest(').locator('.no')
    await number.click()
    await expect(number).toHaveAttribute('aria-pressed', 'true')
    await expect(page.locator('#debugger .state')).toContainText('running')
    await expect(chapter.terminal('debugger')).toContainText(
      /Breakpoint 2 set at .* staging\/src\/k8s\.io\/apiserver\/pkg\/endpoints\/handlers\/create\.go:\d+/,
    )
  })

  await test.step('an impossible line says so in Delve’s words', async () => {
    const item = lineWith('// Dedup owner references')
    await item.locator('.no').click()
    await expect(item.locator('.refused')).toContainText('could not')
    await expect(item.locator('.no')).toHaveAttribute('aria-pressed', 'false')
  })

  await test.step('a click on a marked line clears it', async () => {
    const number = lineWith('result, err := finisher.FinishRequest(').locator('.no')
    await number.click()
    await expect(number).toHaveAttribute('aria-pressed', 'false')
    await expect(page.locator('#debugger .state')).toContainText('running')
  })

  await test.step('a reload comes back to the same session', async () => {
    await page.reload()
    await expect(chapter.line).toHaveAttribute('data-line', 'live', { timeout: 30_000 })
    await expect(chapter.step(1)).toHaveAttribute('data-state', 'passed')
    await expect(chapter.terminal('shell')).toContainText('/registry/pods/default/nginx')
    await expect(page.locator('#debugger .state')).toContainText('running')
  })

  await test.step('two tabs on one session say so', async () => {
    const second = await page.context().newPage()
    await second.goto(`${live.url}${CHAPTER}`)
    await expect(second.locator('.work .session')).toContainText('open in 2 tabs', { timeout: 30_000 })
    await expect(chapter.line).toContainText('open in 2 tabs')
    await second.close()
    await expect(chapter.line).not.toContainText('open in 2 tabs')
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    await test.step(`nothing in the ${colorScheme} page keeps anyone out`, async () => {
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
    })
  }

  await test.step('killing the API server ends the session, and a new sandbox can be had', async () => {
    await chapter.type('shell', 'pkill -9 kube-apiserver')
    await expect(chapter.line).toHaveAttribute('data-line', 'ended', { timeout: 30_000 })
    await expect(chapter.line).toContainText('ended')
    await chapter.line.getByRole('button', { name: 'New sandbox' }).click()
    await expect(chapter.line).toHaveAttribute('data-line', 'live', { timeout: BOOT })
    await expect(chapter.step(1)).toHaveAttribute('data-state', 'next')
  })

  await test.step('ending it leaves the recording', async () => {
    await chapter.line.getByRole('button', { name: 'End' }).click()
    await expect(chapter.line).toHaveAttribute('data-line', 'ended')
    await chapter.line.getByRole('button', { name: 'Go on recorded' }).click()
    await expect(chapter.line).toHaveAttribute('data-line', 'player')
  })
})
