/** Places in the source that a terminal prints are links to their pages. The list of pages is fetched when the first one is pointed at. */
import type { ILink, Terminal } from '@xterm/xterm'
import { placesIn, SourceNames } from './source-names.ts'
import { fetchTree } from './source-page/tree.ts'

/** Lets places in `terminal` lead to source pages. `root` is the site's. */
export function linkPlaces(terminal: Terminal, root: string): void {
  let names: Promise<SourceNames> | undefined
  const known = () => {
    names ??= fetchTree(root).then((tree) => new SourceNames(tree))
    names.catch(() => {
      names = undefined
    })
    return names
  }
  terminal.registerLinkProvider({
    provideLinks: (row, answer) => {
      const { text, first } = wholeLine(terminal, row - 1)
      const places = placesIn(text)
      if (places.length === 0) {
        answer(undefined)
        return
      }
      known().then(
        (all) => {
          const links = places.flatMap(({ from, to, file, line }): ILink[] => {
            const address = all.address(file)
            if (address === null) return []
            const at = (index: number) => ({ x: (index % terminal.cols) + 1, y: first + Math.floor(index / terminal.cols) + 1 })
            const href = `${root}${address}#L${line}`
            // Another tab: the terminal stays where it is.
            return [
              { range: { start: at(from), end: at(to - 1) }, text: text.slice(from, to), activate: () => window.open(href, '_blank', 'noopener') },
            ]
          })
          answer(links.length > 0 ? links : undefined)
        },
        () => answer(undefined),
      )
    },
  })
}

/** The line that a row is part of, folded rows joined, each as wide as the terminal; and its first row. */
function wholeLine(terminal: Terminal, row: number): { text: string; first: number } {
  const buffer = terminal.buffer.active
  let first = row
  while (first > 0 && buffer.getLine(first)?.isWrapped) first--
  let text = ''
  for (let at = first; at === first || buffer.getLine(at)?.isWrapped; at++) text += buffer.getLine(at)?.translateToString(false) ?? ''
  return { text, first }
}
