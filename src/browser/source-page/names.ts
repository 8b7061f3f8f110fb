/** Makes the names in the text answer. What that takes is fetched when a reader first points at the text, or comes to its numbers by keyboard. */
import { required } from '../element.ts'
import { HighlightInPage } from '../highlight-in-page.ts'
import { SourceFiles } from '../source-file.ts'
import { codeLines } from './code-lines.ts'
import type { SourcePage } from './source-page.ts'

/** What a reader does before a name is asked. */
const FIRST = ['pointerover', 'pointerdown', 'focusin'] as const

/** `files` is the address of the site's source files. */
export function withNames(page: SourcePage, files: string): void {
  const sheet = required(page.main, '.sheet')
  let early: MouseEvent | null = null
  const keep = (event: MouseEvent) => {
    early = event
  }

  async function load(): Promise<void> {
    for (const kind of FIRST) sheet.removeEventListener(kind, begin)
    try {
      const [{ attachCode }, { CodeIndex }] = await Promise.all([import('../code/attach.ts'), import('../code/code-index.ts')])
      const { file } = page.data
      const own = page.text.lines()
      const others = new SourceFiles(files)
      const textOf = async (name: string) => (name === file ? own : (await others.load(name)).lines)
      const index = new CodeIndex({ site: page.links.to(''), textOf })
      // A highlighter of its own: it keeps some texts only, and signatures must not push the file out.
      const highlighter = new HighlightInPage(() => new Worker(new URL('../highlight-worker.ts', import.meta.url), { type: 'module' }))
      const paint = (lines: readonly string[]) => highlighter.colours(lines.join('\n'), lines, 1, lines.length)
      attachCode(codeLines(sheet, page.text, page.gutter), { file, index, paint, early })
      sheet.removeEventListener('click', keep)
    } catch (error) {
      sheet.removeEventListener('click', keep)
      page.heading.notice(`What names mean could not be loaded: ${(error as Error).message}`)
    }
  }
  const begin = () => void load()
  for (const kind of FIRST) sheet.addEventListener(kind, begin, { passive: true })
  sheet.addEventListener('click', keep)
}
