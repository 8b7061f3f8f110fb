/**
 * Has a page ask for all it needs at once. As Astro writes it the script that sets the theme comes first, and neither styles nor the page's script are
 * asked for before that one is there, nor what the script imports before the script is: four ways to the server one after the other, now two.
 */

const SHEET = /<link rel="stylesheet"[^>]*>/g
const MODULE = /<script type="module" src="([^"]+)"><\/script>/g
/** The first script: the theme. */
const FIRST = /<script src="/
const IMPORT = /(?:^|[;}])import(?:[^"'`()]*?from)?["'`](\.\/[^"'`]+)["'`]/g

/** `page` with style sheets, its own script (the last in it) and that one's imports before its first script. `read` gives the text of a script by its address. */
export async function withEarlyHead(page: string, read: (address: string) => Promise<string>): Promise<string> {
  const sheets = page.match(SHEET) ?? []
  const script = [...page.matchAll(MODULE)].at(-1)
  if (!script?.[1] || sheets.length === 0 || !FIRST.test(page))
    throw new Error('The template of source pages has no style sheet, no module or no script for the theme: see src/source/page/head.ts.')
  const imports = await importsOf(script[1], read)
  const early = [...sheets, script[0], ...imports.map((address) => `<link rel="modulepreload" href="${address}">`)].join('')
  const rest = page.replace(SHEET, '').replace(script[0], '')
  return rest.replace(FIRST, (first) => early + first)
}

/** Addresses of what a script imports, directly or not; what it may import later is not among them. */
async function importsOf(address: string, read: (address: string) => Promise<string>): Promise<string[]> {
  const found = new Set<string>()
  const folder = address.slice(0, address.lastIndexOf('/') + 1)
  const follow = async (from: string): Promise<void> => {
    for (const [, file = ''] of (await read(from)).matchAll(IMPORT)) {
      const to = folder + file.slice('./'.length)
      if (found.has(to)) continue
      found.add(to)
      await follow(to)
    }
  }
  await follow(address)
  return [...found]
}
