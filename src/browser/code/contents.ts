/** What a popover says of an identifier: signature, doc, where it is declared, and what lies beyond the files that have pages. */
import { hasPage } from '../../source/address.ts'
import { element } from '../element.ts'
import type { CodeIndex, Found, Row } from './code-index.ts'
import { documentation, importPath, packageWords } from './edge.ts'

/** Paints Go: HTML of each line. */
export type Paint = (lines: readonly string[]) => Promise<readonly string[]>

/** The elements that a hover shows; `brief` leaves out all but the first paragraph. */
export async function wordsFor(
  index: CodeIndex,
  file: string,
  found: Found,
  text: (line: number) => string,
  brief: boolean,
  paint?: Paint,
): Promise<Node[]> {
  const { name } = found.identifier
  switch (found.is) {
    case 'symbol': {
      const { signature, cut, doc } = await index.words(found.symbol)
      const shown = brief ? doc.slice(0, 1) : doc
      const where = place(index, found.symbol.file, found.symbol.line)
      const comment = element('div', { class: 'doc' }, ...shown.map((paragraph) => element('p', {}, paragraph)))
      return [code(cut ? [...signature, '…'] : signature, paint), ...(shown.length > 0 ? [comment] : []), ...(brief ? [] : [where])]
    }
    case 'local': {
      const line = found.declared.line
      return [code([text(line).trim()], paint), ...(brief ? [] : [place(index, file, line)])]
    }
    case 'package':
      return [
        code([`import ${name} "${importPath(found.folder)}"`], paint),
        ...edgeOf(found.folder, null, `${name} is ${packageWords(found.folder)}`),
      ]
    case 'outside':
      return [code([name]), ...edgeOf(found.folder, name, `${name} belongs to ${packageWords(found.folder)}`)]
  }
}

/** The signature; colours come when they are there. */
function code(lines: readonly string[], paint?: Paint): HTMLElement {
  const shown = element('pre', { class: 'sig' }, lines.join('\n'))
  paint?.(lines).then(
    (html) => {
      shown.innerHTML = html.join('\n')
    },
    // Colours are an ornament.
    () => {},
  )
  return shown
}

function place(index: CodeIndex, file: string, line: number): HTMLElement {
  return element('p', { class: 'declared' }, 'Declared in ', element('a', { href: index.address(file, line) }, `${shortPath(file)}:${line}`))
}

function edgeOf(folder: string, name: string | null, words: string): HTMLElement[] {
  const { module = 'std', inside = `/${folder}` } = /^(?<module>[^@]+)@[^/]+(?<inside>\/.*)?$/.exec(folder)?.groups ?? {}
  if (hasPage({ module, inside: `${inside.slice(1)}${inside ? '/' : ''}x.go` })) return [element('p', { class: 'edge' }, `${words}.`)]
  const link = element('a', { href: documentation(folder, name), rel: 'external' }, 'Its documentation')
  return [element('p', { class: 'edge' }, `${words}, which has no pages here. `, link)]
}

/** One row of a list. */
export function rowItem(index: CodeIndex, { name, file, line, via, pointer, heirs }: Row): HTMLLIElement {
  const note = via ?? (heirs > 0 ? `and ${heirs.toLocaleString('en')} ${heirs === 1 ? 'type that embeds' : 'types that embed'} it` : null)
  const link = element('a', { href: index.address(file, line) }, element('b', {}, `${pointer ? '*' : ''}${name}`))
  if (note !== null) link.append(' ', element('i', {}, note))
  link.append(' ', element('span', { title: `${file}:${line}` }, `${shortPath(file)}:${line}`))
  return element('li', {}, link)
}

/** The end of a path: enough to tell the many `storage.go` from one another. */
function shortPath(file: string): string {
  return file
    .split('/')
    .slice(-3)
    .join('/')
    .replace(/^.*@[^/]+\//, '')
}
