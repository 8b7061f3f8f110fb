/** Where the page's source pane gets plain lines and colours of pinned files, and what was changed in them. */
import { ChangedLines } from './changed-lines.ts'
import { HighlightInPage } from './highlight-in-page.ts'
import { SourceFiles } from './source-file.ts'
import type { SourceTexts } from './source-pane.ts'

/** `folder` is the address of the site's source files. */
export function sourceTexts(folder: string): SourceTexts {
  const files = new SourceFiles(folder)
  const changed = new ChangedLines(folder)
  const colours = new HighlightInPage(() => new Worker(new URL('./highlight-worker.ts', import.meta.url), { type: 'module' }))
  const lines = async (file: string) => (await files.load(file)).lines
  return { lines, colours: async (file, from, count) => colours.colours(file, await lines(file), from, count), changed: (file) => changed.of(file) }
}
