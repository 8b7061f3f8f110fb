/** What an address of the source that does not exist may have meant. Pure. */
import { sourceAddress } from '../../source/address.ts'
import { near } from '../../source/near.ts'
import type { Tree } from './tree.ts'

export interface Guess {
  words: string
  /** Files that may have been meant. */
  files: readonly { address: string; name: string }[]
}

/** Files of one module that are offered. */
const MOST = 4

/** A guess for a path below `source/`: `k8s.io/apiserver@v0.35.0/pkg/server/config.go`. */
export function guess(path: string, tree: Tree): Guess {
  const wanted = path.replace(/\/+$/, '').replace(/@[^/]+/, '')
  const versioned = /@([^/]+)/.exec(path)?.[1]
  const all = Object.entries(tree).flatMap(([module, { files }]) => files.map((inside) => ({ module, inside, name: `${module}/${inside}` })))
  const found = (files: typeof all) => files.slice(0, MOST).map(({ module, inside, name }) => ({ address: sourceAddress({ module, inside }), name }))

  const exact = all.filter(({ name }) => name === wanted)
  if (exact.length > 0 && versioned)
    return { words: `Addresses of source have no version: this book has the file at ${tree[exact[0]?.module ?? '']?.version}.`, files: found(exact) }
  const otherCase = all.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  if (otherCase.length > 0) return { words: 'Small and capital letters differ in the names of files.', files: found(otherCase) }
  if (all.some(({ name }) => name.startsWith(`${wanted}/`)))
    return { words: 'This is a folder.', files: [{ address: `source/#${wanted}`, name: wanted }] }
  if (wanted.endsWith('_test.go'))
    return {
      words: 'Tests are not compiled into kube-apiserver, so they are not here.',
      files: found(all.filter(({ name }) => name === wanted.replace(/_test\.go$/, '.go'))),
    }

  const module = Object.keys(tree).find((name) => wanted.startsWith(`${name}/`))
  const last = wanted.split('/').at(-1) ?? ''
  const sameName = all.filter(({ inside }) => `/${inside}`.endsWith(`/${last}`))
  if (module === undefined) {
    return {
      words:
        'No module of the source that has pages begins like this. There are pages for k8s.io, etcd’s client, go-restful, and the HTTP and TLS parts of Go.',
      files: found(sameName),
    }
  }
  const inModule = sameName.filter((file) => file.module === module)
  const alike = near(
    wanted,
    all.filter((file) => file.module === module).map(({ name }) => name),
  )
  const files = inModule.length > 0 ? inModule : all.filter(({ name }) => alike.includes(name))
  return {
    words: `${module} ${tree[module]?.version} has no such file among those that are compiled into kube-apiserver. It may be of another version, or for another system.`,
    files: found(files),
  }
}
