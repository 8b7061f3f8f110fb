/** The list of all files that have a page: `source/tree.json`, written with the site. */

/** Paths in a module, by module. */
export type Tree = Readonly<Record<string, { version: string; files: readonly string[] }>>

/** Fetches the list. `root` is the site's. Rejects with a sentence for the reader. */
export async function fetchTree(root: string): Promise<Tree> {
  const answer = await fetch(`${root}source/tree.json`).catch(() => null)
  if (!answer?.ok)
    throw new Error(`The list of files could not be loaded${answer ? `: the site answered ${answer.status}` : '; is the connection gone?'}.`)
  return (await answer.json()) as Tree
}
