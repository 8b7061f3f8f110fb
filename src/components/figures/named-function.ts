/** What a figure says about the pinned source, held against it when the site is built. */
import { BookError } from '../../book/book-error.ts'
import { findFunction } from '../../source/find-function.ts'
import { pinnedFile } from '../../source/pinned-files.ts'
import { sourceText } from '../../source/source-text.ts'

/** A function that a figure names. */
export interface NamedFunction {
  /** A module of the pins. */
  module: string
  /** Path inside the module. */
  file: string
  /** Name as Delve prints it after the package: `Unauthorized.func1`. */
  function: string
}

/** Rejects with BookError, and near names, when the pins have no such function; `where` is the file that names it. */
export async function mustBeThere({ module, file, function: name }: NamedFunction, where: string): Promise<void> {
  await findFunction(await pinnedFile(module, file, where), name, where)
}

const CHAIN: NamedFunction = { module: 'k8s.io/apiserver', file: 'pkg/server/config.go', function: 'DefaultBuildHandlerChain' }

/**
 * The filters that DefaultBuildHandlerChain puts around the handler, in the order in which a request meets them: the last one wrapped comes first.
 * Of two that exclude each other it is the one that is there by default.
 */
export async function filtersOfTheChain(where: string): Promise<string[]> {
  const file = await pinnedFile(CHAIN.module, CHAIN.file, where)
  const { from, to } = await findFunction(file, CHAIN.function, where)
  const { lines } = await sourceText(file)
  const text = lines.slice(from - 1, to).join('\n')
  const byDefault = text.replace(/ else \{\n[\s\S]*?\n\t\}/g, '')
  return [...byDefault.matchAll(/^\t+handler = \w+\.(With\w+)\(/gm)].map(([, name = '']) => name).reverse()
}

/** Rejects with BookError when `named` are not the filters of the chain in their order. */
export async function mustBeTheChain(named: readonly string[], where: string): Promise<void> {
  const real = await filtersOfTheChain(where)
  const at = real.findIndex((name, place) => named[place] !== name)
  if (at < 0 && named.length === real.length) return
  const place = at < 0 ? real.length : at
  throw new BookError(
    `Filter ${place + 1} of the figure is ${named[place] ?? 'missing'}; in ${CHAIN.function} it is ${real[place] ?? 'none'}.`,
    where,
    `name them in this order: ${real.join(', ')}.`,
  )
}
