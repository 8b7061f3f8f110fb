/** Many tabs at once: a browser opens six connections to a relay at most. */
import { CHAPTER, expect, test } from './reader.ts'

/** As if the tab were shown or put in the background, which a headless browser never does. */
function show(hidden: boolean) {
  Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

test('seven tabs in the background leave an eighth its connections, and hear the news when they are shown', async ({ context, fake }) => {
  fake.relay.setStatus({ is: 'building', what: 'k8s.io/api/core/v1', done: 412, all: 1206, secondsLeft: 130 })
  const first = await context.newPage()
  for (let count = 0; count < 8; count += 1) {
    const page = count === 0 ? first : await context.newPage()
    await page.goto(`${fake.relay.url}${CHAPTER}`)
    await expect(page.locator('.work .build')).toContainText('412 of 1,206')
    await page.evaluate(show, true)
  }
  fake.relay.setStatus({ is: 'failed', why: 'The disk is full.', fix: 'Free 4 GB and start again.' })
  await first.evaluate(show, false)
  await expect(first.locator('.work .build')).toContainText('The disk is full.')
})
