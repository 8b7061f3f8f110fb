/** From a span of code in the prose to the source page of the function that it names. */
import { readFile } from 'node:fs/promises'
import { BookError } from '../../book/book-error.ts'
import { mentions } from '../../source/mentions.ts'
import { meant } from '../../source/pinned-files.ts'
import { sourcePage } from '../source-page.ts'

const CHARACTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&#x27;': "'" }

/** The address of the function's page; null when the code names none, or none in particular. Throws BookError when it names one that is not there. */
export async function functionLink(html: string, chapter: string): Promise<string | null> {
  const code = html.replace(/&(?:amp|lt|gt|quot|#39|#x27);/g, (entity) => CHARACTERS[entity] ?? entity)
  const mention = (await mentions()).find(code)
  switch (mention.is) {
    case 'function':
      return sourcePage(mention.function.file.file, `#L${mention.function.from}`)
    case 'missing': {
      const before = (await readFile(chapter, 'utf8').catch(() => '')).split(`\`${code}\``)[0] ?? ''
      const where = `${chapter}:${before.split('\n').length}`
      throw new BookError(`The source has no function "${code}".`, where, meant('name a function of the pins', mention.near))
    }
    case 'other':
      return null
  }
}
