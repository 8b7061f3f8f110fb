/** A page of the source as a reader has it without a session: address, target, outline, find, permalinks, what the book knows, on any window. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { highlightGo } from '../../src/browser/highlight.ts'
import { marksOf } from '../../src/browser/source-page/marks.ts'
import { expect, test } from './reader.ts'

const STORE = '/source/k8s.io/apiserver/pkg/storage/etcd3/store.go/'
const LONG = '/source/go.etcd.io/etcd/api/v3/etcdserverpb/rpc.pb.go/'

/** The line whose number is at this height of the window. */
const number = (page: Page, line: number) => page.locator('.no', { hasText: new RegExp(`^${line}$`) })
/** Scrolls, in the page, and waits for the next frame. */
function nextFrame(by: number): Promise<number> {
  scrollBy(0, by)
  return new Promise(requestAnimationFrame)
}
const head = (page: Page) => page.locator('.here b')

test('an address without a slash behind it, and with a line in it, opens at that line', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}${STORE.slice(0, -1)}#L274`)
  await expect(number(page, 274)).toBeInViewport()
  await expect(number(page, 274)).toHaveClass(/target/)
  await expect(head(page)).toHaveText('(*store).Create')
  await expect(page.locator('.toc [aria-current]')).toContainText('Create')
  const [line, heading] = [await number(page, 274).boundingBox(), await page.locator('.here').boundingBox()]
  expect(line?.y).toBeGreaterThan((heading?.y ?? 0) + (heading?.height ?? 0))
})

test('a range is marked as a whole, also when the address changes', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}${STORE}#L275-L277`)
  for (const line of [275, 276, 277]) await expect(number(page, line)).toHaveClass(/target/)
  await page.evaluate(() => {
    location.hash = '#L900'
  })
  await expect(number(page, 900)).toBeInViewport()
  await expect(number(page, 900)).toHaveClass(/target/)
})

test('a click chooses a line, with Shift a range, and the address says so', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}${STORE}#L274`)
  await number(page, 280).click()
  await expect(page).toHaveURL(/store\.go\/#L280$/)
  await number(page, 284).click({ modifiers: ['Shift'] })
  await expect(page).toHaveURL(/store\.go\/#L280-L284$/)
  await number(page, 284).press('ArrowDown')
  await expect(number(page, 285)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/store\.go\/#L285$/)
})

test('the text is there without a script', async ({ browser, recorded }) => {
  const page = await browser.newPage({ javaScriptEnabled: false })
  await page.goto(`${recorded.url}${STORE}`)
  await expect(page.locator('#text')).toContainText('func (s *store) Create(ctx context.Context, key string')
  await expect(page.getByRole('link', { name: 'Apache 2.0' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Origin' })).toHaveAttribute(
    'href',
    /staging\/src\/k8s\.io\/apiserver\/pkg\/storage\/etcd3\/store\.go$/,
  )
  await page.close()
})

test('what is found far below stays found and in its place while lines get numbers and colours', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}${LONG}`)
  await expect(number(page, 1)).toBeVisible()
  const found = () =>
    page.evaluate(() => {
      const selection = getSelection()
      return {
        text: String(selection),
        top: Math.round(selection?.rangeCount ? selection.getRangeAt(0).getBoundingClientRect().top : -1),
        y: Math.round(scrollY),
      }
    })
  expect(await page.evaluate(() => (window as unknown as { find(text: string): boolean }).find('func encodeVarintRpc('))).toBe(true)
  const first = await found()
  expect(first.text).toBe('func encodeVarintRpc(')
  expect(first.y).toBeGreaterThan(100_000)
  await expect(page.locator('.no').first()).not.toHaveText('1')
  await expect(page.locator('[data-coloured]').first()).toBeAttached({ timeout: 60_000 })
  expect(await found()).toEqual(first)
})

test('nothing moves when the page comes to life or is scrolled', async ({ page, recorded }) => {
  await page.addInitScript(() => {
    const seen = window as unknown as { shifts: number }
    seen.shifts = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shifts += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(`${recorded.url}/source/std/net/http/transport.go/`)
  await expect(page.locator('[data-coloured]').first()).toBeAttached()
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  for (let at = 0; at < 30; at++) await page.evaluate(nextFrame, 500)
  await expect(head(page)).not.toHaveText('transport.go')
  expect(await page.evaluate(() => (window as unknown as { shifts: number }).shifts)).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(height)
})

test('the middle of a file has the colours that it has in the whole of it', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}${STORE}#L274`)
  const part = page.locator('#text span', { hasText: 'func (s *store) Create(' })
  await expect(part).toHaveAttribute('data-coloured')
  const seen = await part.evaluate((element) =>
    [...CSS.highlights].flatMap(([name, highlight]) =>
      [...highlight].flatMap((range) =>
        range.startContainer === element.firstChild ? [{ name, from: range.startOffset, to: range.endOffset }] : [],
      ),
    ),
  )
  const [text, before] = await part.evaluate((element) => {
    const range = document.createRange()
    range.setStart(element.parentElement as Element, 0)
    range.setEndBefore(element)
    return [element.parentElement?.textContent ?? '', String(range)] as const
  })
  const lines = text.split('\n')
  const first = before.split('\n').length - 1
  const html = (await highlightGo(lines)).slice(first, first + 100)
  let start = 0
  const whole = html.flatMap((line, at) => {
    const here = start
    start += (lines[first + at] ?? '').length + 1
    return marksOf(line).map(({ name, from, to }) => ({ name: `go-${name}`, from: here + from, to: here + to }))
  })
  const inOrder = (marks: typeof seen) => marks.sort((a, b) => a.from - b.from)
  expect(inOrder(seen)).toEqual(inOrder(whole))
})

test('in forced colours the text has none, and the target and the stops can be told from other lines', async ({ page, recorded }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto(`${recorded.url}${STORE}#L274`)
  await expect(head(page)).toHaveText('(*store).Create')
  const look = (line: number) =>
    number(page, line).evaluate((element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element, '::before').borderStyle])
  const [target, stop, other] = [await look(274), await look(275), await look(278)]
  expect(target[0]).not.toBe(other[0])
  expect(stop[1]).not.toBe(other[1])
  expect(await page.evaluate(() => CSS.highlights.size)).toBe(0)
  await page.emulateMedia({ forcedColors: 'none' })
  await expect(page.locator('[data-coloured]').first()).toBeAttached()
})

test('a permalink is copied, and on another version goes to the function and says that the line may have moved', async ({
  page,
  context,
  recorded,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${recorded.url}${STORE}#L280`)
  await page.getByRole('button', { name: 'Copy permalink' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(`${recorded.url}${STORE}?at=v0.36.3&in=(*store).Create#L280`)
  await page.goto(link)
  await expect(number(page, 280)).toHaveClass(/target/)
  await expect(page.locator('.notice')).toBeHidden()
  await page.goto(link.replace('v0.36.3', 'v0.33.0').replace('#L280', '#L9'))
  await expect(number(page, 274)).toHaveClass(/target/)
  await expect(number(page, 274)).toBeInViewport()
  await expect(page.locator('.notice')).toContainText(
    'copied at v0.33.0; you read v0.36.3. (*store).Create begins at line 274 now; the line may have moved',
  )
  await page.goto(`${recorded.url}${STORE}?at=v0.33.0&in=(*cacher).Create#L9`)
  await expect(page.locator('.notice')).toContainText('no function (*cacher).Create. Perhaps one of these: (*store).Create')
})

test('a path and a break command can be copied', async ({ page, context, recorded }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`${recorded.url}${STORE}#L280`)
  await expect(head(page)).toHaveText('(*store).Create')
  // Not clicked with a scroll before it, which would lead to another function.
  await page.getByRole('button', { name: 'Copy break command' }).dispatchEvent('click')
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('break etcd3/store.go:280')
  await page.getByRole('button', { name: 'Copy path' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('k8s.io/apiserver/pkg/storage/etcd3/store.go')
})

test('the book says where it stops, which stack was seen here, and where lines may move', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}${STORE}#L274`)
  const about = page.locator('.about')
  await expect(about.getByRole('heading', { name: 'On the request’s way' })).toBeVisible()
  await expect(about.getByRole('link', { name: 'Create a Pod', exact: true })).toHaveAttribute('href', /^\/create-a-pod\/#[a-z-]+$/)
  await expect(about.getByRole('heading', { name: /^Seen here: \d+ frames, from .+ to \(\*store\)\.Create$/ })).toBeVisible()
  await expect(about.locator('.frames a').nth(1)).toHaveAttribute('href', /^\/source\/k8s\.io\/apiserver\/pkg\/storage\/cacher\/.+#L\d+$/)
  await about.getByRole('button', { name: /^\d+ more$/ }).click()
  expect(await about.locator('.frames li').count()).toBeGreaterThan(8)
  await expect(about.getByRole('heading', { name: 'Where lines may move' })).toBeVisible()
  await expect(page.locator('.line-end .flag', { hasText: 'Create a Pod, step' }).first()).toHaveAttribute('href', /^\/create-a-pod\/#/)
})

test('the outline leads to functions, is filtered, and marks the one that is read', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}${STORE}`)
  await page.getByLabel('Filter the outline').fill('guaranteed')
  await expect(page.locator('.toc a:visible')).toHaveCount(1)
  await page.locator('.toc a:visible').click()
  await expect(head(page)).toHaveText('(*store).GuaranteedUpdate')
  await expect(page.locator('.toc [aria-current]')).toContainText('GuaranteedUpdate')
})

test('a line that the build changes says what the release has', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}/source/k8s.io/apiserver/pkg/endpoints/handlers/rest.go/`)
  await expect(page.locator('.line-end .note')).toHaveText('changed in this build, the release has requestTimeoutUpperBound = 34 * time.Second')
})

test('an address that does not exist says what may have been meant', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}/source/k8s.io/apiserver@v0.35.0/pkg/storage/etcd3/store.go`)
  await expect(page.locator('.may-be')).toContainText('this book has the file at v0.36.3')
  await expect(page.locator('.may-be a')).toHaveAttribute('href', STORE)
})

test('the index leads through folders to files', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}/source/`)
  await page.locator('.modules').getByRole('link', { name: 'k8s.io/apiserver', exact: true }).click()
  await page.locator('.tree').getByRole('link', { name: 'pkg/' }).click()
  await page.locator('.tree').getByRole('link', { name: 'storage/', exact: true }).click()
  await page.locator('.tree').getByRole('link', { name: 'etcd3/' }).click()
  await page.locator('.tree').getByRole('link', { name: 'store.go', exact: true }).click()
  await expect(page.locator('h1')).toHaveText('store.go')
  await page.locator('.crumb').getByRole('link', { name: 'pkg/storage/etcd3' }).click()
  await expect(page.locator('.tree h2')).toContainText('etcd3')
})

test('on a phone the outline is a sheet, and nothing is wider than the window', async ({ page, recorded }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${recorded.url}${STORE}#L274`)
  await expect(number(page, 274)).toBeInViewport()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.getByRole('button', { name: 'Outline' }).click()
  await page.locator('.toc').getByRole('link', { name: 'Delete' }).first().click()
  await expect(page.locator('.toc')).toBeHidden()
  await expect(head(page)).toHaveText('(*store).Delete')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`it is accessible, ${colorScheme}`, async ({ browser, recorded }) => {
    const context = await browser.newContext({ colorScheme })
    const page = await context.newPage()
    await page.goto(`${recorded.url}${STORE}#L274`)
    await expect(page.locator('[data-coloured]').first()).toBeAttached()
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)).toEqual([])
    await context.close()
  })
}
