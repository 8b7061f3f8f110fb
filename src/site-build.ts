/** Builds the site when what it is made from has changed: Astro's pages, search, then every source file, as a page or for the panes of other pages. */
import { readFile, rm } from 'node:fs/promises'
import { delimiter, dirname, join, resolve } from 'node:path'
import { loadDrift } from './book/drift.ts'
import { loadBook } from './book/load.ts'
import { stagePlaces } from './components/live/stage-places.ts'
import { runChild } from './pins/child.ts'
import type { Go } from './pins/go.ts'
import { pinnedModules } from './pins/modules.ts'
import { keyOf, renewSite } from './site-folder.ts'
import { siteKey } from './site-key.ts'
import { writeProseIndex } from './site-prose.ts'
import { writeFunctionList } from './source/function-list.ts'
import { withEarlyHead } from './source/page/head.ts'
import { writeSourceFiles } from './source/write-files.ts'
import { writeSourcePages } from './source/write-pages.ts'

/** Bytes of a whole site with what Astro keeps while it renders (measured, rounded up). */
const BYTES = 210e6

export interface SiteOptions {
  /** The folder of the built site. */
  site: string
  go: Go
  /** The path the site will be served under, `/` or `/sub/path/`. */
  base: string
  log: (line: string) => void
  /** Called with what is being done, often. */
  onProgress: (what: string) => void
  signal: AbortSignal
}

/** Whether any site is there, whatever it was built from. */
export async function siteIsThere(site: string): Promise<boolean> {
  return (await keyOf(site)) !== null
}

/** Builds the site unless it is up to date; a site that is being served is replaced as a whole. Rejects when the build fails. */
export async function buildSite(options: SiteOptions): Promise<void> {
  const { site, base, log, signal } = options
  const onWait = () => log('Waiting for another command that is building the site …')
  await renewSite({ site, key: await siteKey(base), bytes: BYTES, make: (folder) => makeSite(folder, options), onWait, signal })
}

async function makeSite(folder: string, { go, base, log, onProgress, signal }: SiteOptions): Promise<void> {
  log('Building the site …')
  let downloads = 0
  const onDownload = (module: string) => onProgress(`downloading ${module} (module ${++downloads})`)
  await pinnedModules({ go, signal, onDownload })
  onProgress('rendering the pages')
  await runAstro({ go, signal, parameters: ['build', '--outDir', folder, '--base', base] })
  onProgress('indexing the prose')
  await writeProseIndex(folder, log)
  onProgress('listing the functions')
  const book = await loadBook('content')
  await writeFunctionList(folder, { book, stageFiles: stagePlaces, signal })
  const every = (what: string) => (done: number, all: number) => done % 100 === 0 && onProgress(`writing ${what} ${done} of ${all}`)
  await writeSourceFiles(folder, { signal, onProgress: every('source file') })
  // Astro renders the page of a source file once, for all of them.
  const template = join(folder, 'source/template')
  const script = (address: string) => readFile(join(folder, address.slice(base.replace(/\/$/, '').length)), 'utf8')
  await writeSourcePages(folder, {
    template: await withEarlyHead(await readFile(join(template, 'index.html'), 'utf8'), script),
    book,
    drift: await loadDrift('content'),
    base,
    signal,
    onProgress: every('source page'),
  })
  await rm(template, { recursive: true })
}

/** Runs Astro in an environment in which its pages find Go. */
async function runAstro({ go, signal, parameters }: { go: Go; signal: AbortSignal; parameters: string[] }): Promise<void> {
  const { code, stdout, said } = await runChild({
    command: process.execPath,
    args: [resolve('node_modules/astro/bin/astro.mjs'), ...parameters],
    directory: resolve('.'),
    environment: astroEnvironment(go),
    signal,
  })
  if (code !== 0) throw new Error(`The site cannot be built:\n${[...stdout.split('\n').slice(-20), ...said].join('\n')}`)
}

/** Go's own settings, and the Go that was found in front of any other. */
export function astroEnvironment({ path, environment }: Go): NodeJS.ProcessEnv {
  return { ...environment, PATH: [dirname(path), environment.PATH].join(delimiter) }
}
