/** How long search takes in a real page. */
import type { Browser } from '@playwright/test'

/** Milliseconds from the key that opens the box to the first function shown, with nothing cached: a query is put in as soon as there is a field. */
export async function firstResults(browser: Browser, url: string, times: number): Promise<number[]> {
  const took: number[] = []
  for (let time = 0; time < times; time++) {
    const page = await browser.newPage()
    await page.goto(url)
    await page.waitForLoadState('networkidle')
    took.push(
      await page.evaluate(async () => {
        const began = performance.now()
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }))
        const found = <Found>(look: () => Found | null): Promise<Found> =>
          new Promise((resolve) => {
            const watch = new MutationObserver(() => tell())
            const tell = () => {
              const is = look()
              if (!is) return
              watch.disconnect()
              resolve(is)
            }
            watch.observe(document, { subtree: true, childList: true, attributes: true })
            tell()
          })
        const field = await found(() => document.querySelector<HTMLInputElement>('dialog[open] input'))
        field.value = 'GuaranteedUpdate'
        field.dispatchEvent(new InputEvent('input', { bubbles: true }))
        await found(() => document.querySelector('.of-functions .hit'))
        return performance.now() - began
      }),
    )
    await page.close()
  }
  return took
}

/** Milliseconds that each text costs when it is put into the field: until rows are laid out. All functions are loaded. */
export async function keystrokes(browser: Browser, url: string, texts: readonly string[]): Promise<number[]> {
  const page = await browser.newPage()
  await page.goto(url)
  await page.locator('.ask').click()
  await page.locator('dialog input').fill('a')
  await page.getByText(/^of [\d,]+$/).waitFor()
  const took = await page.evaluate(async (texts) => {
    const field = document.querySelector<HTMLInputElement>('dialog input')
    const hits = document.querySelector('dialog .hits')
    const took: number[] = []
    for (const text of texts) {
      if (!field || !hits) continue
      const began = performance.now()
      field.value = text
      field.dispatchEvent(new InputEvent('input', { bubbles: true }))
      hits.getBoundingClientRect()
      took.push(performance.now() - began)
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    return took
  }, texts)
  await page.close()
  return took
}
