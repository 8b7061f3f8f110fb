/** The source that readers see in terminals: the pinned modules laid out like the Kubernetes repository, and the rules that lead there. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { hashOf, publish } from './cache.ts'
import { filesOf } from './compiled-files.ts'
import { linkFiles, linkTree } from './link-tree.ts'
import type { Package } from './packages.ts'
import { patchedAt } from './patch.ts'
import { stagingModules, versions } from './versions.ts'

/** A finished tree, as a build hands it on. */
export interface SourceTree {
  source: string
  substitute: [from: string, to: string][]
}

const Rules = z.array(z.tuple([z.string(), z.string()]))
const KUBERNETES = 'k8s.io/kubernetes'
/** Raised when the layout changes, so that a tree made by older code is not taken for one of this. */
const LAYOUT = '1'

/** The tree of these pins, or null when it was not made yet. */
export async function readSourceTree(cache: string): Promise<SourceTree | null> {
  const folder = await treeFolder(cache)
  const rules = await readFile(join(folder, 'substitute.json'), 'utf8').catch(() => null)
  return rules === null ? null : { source: join(folder, 'tree'), substitute: Rules.parse(JSON.parse(rules)) }
}

/**
 * Makes the tree unless it is there, from kube-apiserver's packages, to be listed with the patched module in place: `list` then shows what runs.
 * Files are shared with the module cache by hard links: mount it read-only. Call it under the build lock.
 */
export async function makeSourceTree(cache: string, listApiServer: () => Promise<Package[]>): Promise<SourceTree> {
  const folder = await treeFolder(cache)
  const staging = new Set(stagingModules())
  await publish(folder, async (temporary) => {
    const packages = await listApiServer()
    const tree = join(temporary, 'tree')
    for (const [module, directory] of modulesOf(packages)) {
      if (module === KUBERNETES) await linkTree(directory, tree)
      else if (staging.has(module)) await linkTree(directory, join(tree, `staging/src/${module}`))
      else await linkFiles(await licences(directory, join(tree, `vendor/${module}`)))
    }
    // Of the other modules and the toolchain, only what is compiled.
    const rules = substituteRules(packages, staging)
    const rest = packages.filter(({ Module }) => Module === undefined || !(Module.Path === KUBERNETES || staging.has(Module.Path)))
    await linkFiles(rest.flatMap(filesOf).map(({ file, path }) => ({ from: path, to: join(tree, substitute(file, rules)) })))
    await writeFile(join(temporary, 'substitute.json'), JSON.stringify(rules))
  })
  const tree = await readSourceTree(cache)
  if (tree === null) throw new Error(`${folder} vanished while it was in use.`)
  return tree
}

/** Delve's substitute-path rules for these packages, longest first: the first that fits is used, and a longer one says more. */
export function substituteRules(packages: readonly Package[], staging: ReadonlySet<string>): [from: string, to: string][] {
  const rules = new Map<string, string>()
  for (const one of packages) {
    const file = filesOf(one)[0]?.file
    if (file === undefined) continue
    const module = one.Module
    const top = (path: string) => String(path.split('/')[0])
    if (module?.Version === undefined) rules.set(top(file), `go/src/${top(file)}`)
    else if (module.Path === KUBERNETES) {
      const inside = file.slice(`${KUBERNETES}@${module.Version}/`.length)
      rules.set(`${KUBERNETES}@${module.Version}/${top(inside)}`, top(inside))
    } else rules.set(`${module.Path}@${module.Version}`, staging.has(module.Path) ? `staging/src/${module.Path}` : `vendor/${module.Path}`)
  }
  return [...rules].sort(([one], [other]) => other.length - one.length || (one < other ? -1 : 1))
}

/** Applies rules to one path, as Delve does: the first that ends at a separator. */
export function substitute(file: string, rules: readonly (readonly [from: string, to: string])[]): string {
  const rule = rules.find(([from]) => file.startsWith(`${from}/`))
  return rule === undefined ? file : rule[1] + file.slice(rule[0].length)
}

function modulesOf(packages: readonly Package[]): Map<string, string> {
  return new Map(packages.flatMap(({ Module }) => (Module?.Dir !== undefined && Module.Version !== undefined ? [[Module.Path, Module.Dir]] : [])))
}

async function licences(from: string, to: string): Promise<{ from: string; to: string }[]> {
  const names = (await readdir(from, { withFileTypes: true })).filter((entry) => entry.isFile() && /^(LICEN[CS]E|NOTICE|COPYING)/i.test(entry.name))
  return names.map(({ name }) => ({ from: join(from, name), to: join(to, name) }))
}

async function treeFolder(cache: string): Promise<string> {
  const { folder } = await patchedAt(cache)
  return join(cache, 'source', hashOf([LAYOUT, folder, versions().go]))
}
