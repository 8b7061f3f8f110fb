/** The book's prose is found: about forty words that readers look for lead to the place that explains them. */
import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'
import { expect, test } from './reader.ts'

const Terms = z.array(z.union([z.strictObject({ ask: z.string(), first: z.string() }), z.strictObject({ ask: z.string(), among: z.string() })]))

test('each term leads to its place, and every place is there', async ({ page, recorded }) => {
  test.slow()
  const terms = Terms.parse(parse(await readFile('tests/fixtures/search/terms.yaml', 'utf8')))
  expect(terms.length).toBeGreaterThanOrEqual(40)
  await page.goto(`${recorded.url}/search/`)
  const field = page.getByRole('combobox')
  const wrong: string[] = []
  for (const term of terms) {
    await field.fill(term.ask)
    await expect(page.locator('.of-prose'), term.ask).toHaveAttribute('data-of', term.ask)
    const found = await page.locator('.of-prose .hit').evaluateAll((rows) => rows.slice(0, 3).map((row) => row.getAttribute('href')))
    const wanted = `/${'first' in term ? term.first : term.among}`
    const at = found.indexOf(wanted)
    if (at < 0 || ('first' in term && at > 0)) wrong.push(`${term.ask}: not ${wanted} but ${found.join(', ')}`)
  }
  expect(wrong).toEqual([])
})

test('a result jumps to its heading, and one in a walk to its step', async ({ page, recorded }) => {
  await page.goto(`${recorded.url}/search/?q=${encodeURIComponent('Count the watches')}`)
  await page.locator('.of-prose .hit').first().click()
  await expect(page).toHaveURL(/\/before-you-stop-the-world\/#step-a-pause-still-waits$/)
  await expect(page.getByRole('heading', { name: /Count the watches/ })).toBeInViewport()
  await page.goto(`${recorded.url}/search/?q=preconditions`)
  await page.locator('.of-prose .hit').first().click()
  await expect(page).toHaveURL(/\/optimistic-locking\/#preconditions$/)
  await expect(page.getByRole('heading', { name: 'Preconditions', exact: true })).toBeInViewport()
})
