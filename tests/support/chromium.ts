/** Finds a Chromium for the browser tests, installing the system's package when there is none and it may. */
import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type Chromium = { is: 'found'; path: string } | { is: 'missing'; why: string }

/** Flags for a headless Chromium that asks nothing of the network and needs no display or sandbox of its own. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

async function onPath(name: string): Promise<string | null> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name)
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path
  }
  return null
}

async function installed(): Promise<string | null> {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const path = await onPath(name)
    if (path) return path
  }
  return null
}

/** `log` is told of a long installation. */
export async function findChromium(log: (words: string) => void): Promise<Chromium> {
  const path = await installed()
  if (path) return { is: 'found', path }
  if (process.getuid?.() !== 0 || !(await onPath('apt-get'))) {
    return { is: 'missing', why: 'there is no Chromium and it may not be installed here; try: sudo apt-get install chromium' }
  }
  log('Installing Chromium from the system’s packages …')
  try {
    await run('apt-get', ['update', '-qq'], { timeout: 300_000 })
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      timeout: 900_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  } catch (error) {
    return { is: 'missing', why: `installing Chromium failed: ${(error as Error).message.split('\n').at(-1)}` }
  }
  const fresh = await installed()
  return fresh ? { is: 'found', path: fresh } : { is: 'missing', why: 'the package chromium was installed but has no chromium command' }
}
