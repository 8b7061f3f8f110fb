/** Adds the code index to a site that is served or was just built. Pages are readable without it, so nothing waits for it and nothing fails with it. */
import type { Go } from './pins/go.ts'
import { PinsError } from './pins/pins-error.ts'
import { hasCodeIndex, putCodeIndex } from './source/code-in-site.ts'
import { buildCodeIndex } from './source/code-index.ts'

export interface CodeOptions {
  /** The folder of the built site. */
  site: string
  /** Folder of everything built. */
  cache: string
  go: Go
  log: (line: string) => void
  /** Called with what is being done, often. */
  onProgress: (what: string) => void
  signal: AbortSignal
}

/** Puts the index into the site unless it is there, making it unless the cache has it. Resolves with whether it is there now; what went wrong is logged. Never rejects. */
export async function addCodeIndex({ site, cache, go, log, onProgress, signal }: CodeOptions): Promise<boolean> {
  if (await hasCodeIndex(site)) return true
  try {
    const onWait = () => log('Waiting for another command that is indexing the code …')
    await putCodeIndex(await buildCodeIndex({ cache, go, signal, onProgress, onWait }), site)
    return true
  } catch (error) {
    if (signal.aborted) return false
    const fix = error instanceof PinsError ? `\n${error.fix}` : ''
    log(`Definitions, callers and implementers are left out of the source pages: ${error instanceof Error ? error.message : error}${fix}`)
    return false
  }
}
