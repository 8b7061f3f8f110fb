/** Folders and files of the source, on its index: which folder is shown is in the address, `#k8s.io/apiserver/pkg/storage`. */
import { element, required } from './element.ts'
import { fetchTree, type Tree } from './source-page/tree.ts'

/** What stands in a folder: folders by name with the number of files below, and files. */
interface Folder {
  module: string
  /** Path in the module; empty for its root. */
  inside: string
  folders: Map<string, number>
  files: string[]
}

const nav = required(document, '.tree')
const root = nav.dataset.root ?? '/'
let tree: Promise<Tree> | undefined

async function show(): Promise<void> {
  const wanted = decodeURIComponent(location.hash.slice(1)).replace(/\/$/, '')
  if (!wanted) {
    nav.replaceChildren()
    return
  }
  try {
    tree ??= fetchTree(root)
    const folder = folderOf(await tree, wanted)
    nav.replaceChildren(...(folder ? rows(folder) : [element('p', {}, `There is no folder ${wanted} in the source.`)]))
  } catch (error) {
    tree = undefined
    nav.replaceChildren(element('p', {}, (error as Error).message))
  }
}

function folderOf(all: Tree, path: string): Folder | null {
  const module = Object.keys(all).find((name) => path === name || path.startsWith(`${name}/`))
  const files = module === undefined ? undefined : all[module]?.files
  if (module === undefined || !files) return null
  const inside = path.slice(module.length + 1)
  const start = inside ? `${inside}/` : ''
  const folder: Folder = { module, inside, folders: new Map(), files: [] }
  for (const file of files) {
    if (!file.startsWith(start)) continue
    const [name = '', ...deeper] = file.slice(start.length).split('/')
    if (deeper.length > 0) folder.folders.set(name, (folder.folders.get(name) ?? 0) + 1)
    else folder.files.push(name)
  }
  return folder.folders.size + folder.files.length > 0 ? folder : null
}

function rows({ module, inside, folders, files }: Folder): HTMLElement[] {
  const here = inside ? `${module}/${inside}` : module
  const parts = inside.split('/').filter(Boolean)
  const crumb = [element('a', { href: `#${module}` }, module)]
  for (const [at, part] of parts.entries()) crumb.push(element('a', { href: `#${module}/${parts.slice(0, at + 1).join('/')}` }, part))
  const list = element('ul', { role: 'list' })
  for (const [name, count] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
    list.append(element('li', {}, element('a', { href: `#${here}/${name}`, class: 'folder' }, `${name}/`), element('span', {}, String(count))))
  }
  for (const name of files) list.append(element('li', {}, element('a', { href: `${root}source/${here}/${name}/` }, name)))
  const heading = element('h2', { tabindex: '-1' }, ...crumb.flatMap((link, at) => (at > 0 ? [' / ', link] : [link])))
  return [heading, list]
}

addEventListener('hashchange', () => {
  void show().then(() => nav.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true }))
  nav.scrollIntoView({ block: 'nearest' })
})
void show()
