/** Builds the site when what it is made from has changed: Astro's pages, then every source file the pages may show. */
import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join, resolve } from 'node:path'
import { runChild } from './pins/child.ts'
import type { Go } from './pins/go.ts'
import { holdLock } from './pins/lock.ts'
import { pinnedModules } from './pins/modules.ts'
import { writeSourceFiles } from './source/write-files.ts'

/** Holds the key of what the site was built from; no page's address begins with a dot. */
const KEY = '.made-from'
/** What the pages are made from. The rooms that only run beside the site are left out. */
const INPUTS = ['content', 'public', 'src', 'astro.config.mjs', 'package-lock.json']
const BESIDE = /^src\/(?:main|start|relay|sandbox|verify|bootstrap)\b/

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
export async function buildSite({ site, go, base, log, onProgress, signal }: SiteOptions): Promise<void> {
  const key = await siteKey(base)
  if ((await keyOf(site)) === key) return
  const release = await siteLock(log, signal)
  const fresh = `${site}.unfinished`
  try {
    if ((await keyOf(site)) === key) return
    log('Building the site …')
    let downloads = 0
    const onDownload = (module: string) => onProgress(`downloading ${module} (module ${++downloads})`)
    await pinnedModules({ go, signal, onDownload })
    onProgress('rendering the pages')
    await rm(fresh, { recursive: true, force: true })
    await runAstro({ go, signal, parameters: ['build', '--outDir', fresh, '--base', base] })
    await writeSourceFiles(fresh, { signal, onProgress: (done, all) => done % 100 === 0 && onProgress(`writing source file ${done} of ${all}`) })
    await writeFile(join(fresh, KEY), key)
    await rm(`${site}.old`, { recursive: true, force: true })
    await rename(site, `${site}.old`).catch(() => {})
    await rename(fresh, site)
    await rm(`${site}.old`, { recursive: true, force: true })
  } finally {
    await rm(fresh, { recursive: true, force: true })
    await release()
  }
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

async function siteLock(log: (line: string) => void, signal: AbortSignal): Promise<() => Promise<void>> {
  // Elsewhere there is no flock; two builds at once then cost time and do no harm but to each other.
  if (process.platform !== 'linux') return async () => {}
  const onWait = () => log('Waiting for another command that is building the site …')
  return await holdLock({ file: resolve('node_modules/.follow-the-request-site.lock'), signal, onWait })
}

/** A hash of everything the site is made from. */
async function siteKey(base: string): Promise<string> {
  const hash = createHash('sha256').update(base)
  for (const input of INPUTS) {
    for (const file of await filesBelow(input)) {
      if (!BESIDE.test(file)) hash.update(file).update(await readFile(file))
    }
  }
  return hash.digest('hex')
}

/** The file itself, or all files of a folder, as sorted paths; none when there is nothing. */
async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') return null
    if (error.code === 'ENOENT') return []
    throw error
  })
  if (entries === null) return [path]
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function keyOf(site: string): Promise<string | null> {
  return await readFile(join(site, KEY), 'utf8').catch(() => null)
}
