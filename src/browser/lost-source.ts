/** On the page for lost addresses: says what an address of the source may have meant. */
import { element } from './element.ts'
import { guess } from './source-page/missing.ts'
import { fetchTree } from './source-page/tree.ts'

const place = document.querySelector<HTMLElement>('.may-be')
const root = place?.dataset.root ?? '/'
const path = decodeURI(location.pathname)
const below = `${root}source/`

if (place && path.startsWith(below) && path.length > below.length) {
  fetchTree(root).then(
    (tree) => {
      const { words, files } = guess(path.slice(below.length), tree)
      const links = files.map(({ address, name }) => element('li', {}, element('a', { href: root + address + location.hash }, name)))
      place.append(element('p', {}, words), element('ul', {}, ...links))
    },
    // The page itself has said that there is nothing.
    () => {},
  )
}
