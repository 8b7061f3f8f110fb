/** Where to point at a word of a source page: its text is one piece, without an element for each word. */
import type { Page } from '@playwright/test'

/** The middle of a word in the line that holds a text, scrolled into the middle of the window (pixels of the window). Throws when the text is not there. */
export async function middleOf(page: Page, text: string, word: string): Promise<[x: number, y: number]> {
  const measured = (scroll: boolean) =>
    page.locator('#text').evaluate(
      (root, { text, word, scroll }) => {
        const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
        for (let node = texts.nextNode() as Text | null; node; node = texts.nextNode() as Text | null) {
          const line = node.data.indexOf(text)
          if (line === -1) continue
          const at = node.data.indexOf(word, node.data.lastIndexOf('\n', line) + 1)
          const range = document.createRange()
          range.setStart(node, at)
          range.setEnd(node, at + word.length)
          const { left, top, width, height } = range.getBoundingClientRect()
          if (scroll) scrollTo({ top: scrollY + top - innerHeight / 2, behavior: 'instant' })
          return [left + width / 2, top + height / 2] as [number, number]
        }
        throw new Error(`${text} is not in the file`)
      },
      { text, word, scroll },
    )
  await measured(true)
  return await measured(false)
}
