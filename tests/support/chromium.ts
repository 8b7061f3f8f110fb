/** Finds a Chromium for the browser tests, installing the system's package when there is none and it may. */
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { planInstallation, runInstallation, type System } from '../../src/sandbox/bubblewrap/package-manager.ts'

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

/** The package has this name in every package manager that is known here; its command has not. */
const PACKAGE = 'chromium'
const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

export interface ChromiumOptions extends System {
  /** Told of a long installation. */
  log: (words: string) => void
}

/** The Chromium of the variable CHROMIUM or on PATH, else the system's package, installed as root or with a sudo that asks for no password. */
export async function findChromium({ log, ...system }: ChromiumOptions): Promise<Chromium> {
  const { environment = process.env, signal } = system
  const path = await installed(environment)
  if (path) return { is: 'found', path }
  const installation = await planInstallation(PACKAGE, system)
  if (installation === null) return { is: 'missing', why: 'there is no Chromium, and no package manager that is known here' }
  const { command, allowed } = installation
  if (!allowed) return { is: 'missing', why: `there is no Chromium and it may not be installed here; try: ${command}` }
  log(`Installing Chromium from the system’s packages: ${command}`)
  try {
    await runInstallation(installation, system)
  } catch (error) {
    signal?.throwIfAborted()
    return { is: 'missing', why: `Chromium could not be installed (${command}): ${(error as Error).message}` }
  }
  const fresh = await installed(environment)
  return fresh ? { is: 'found', path: fresh } : { is: 'missing', why: `after "${command}" there is still no ${COMMANDS.join(' or ')}` }
}

async function installed({ CHROMIUM, PATH }: NodeJS.ProcessEnv): Promise<string | null> {
  if (CHROMIUM) return CHROMIUM
  for (const name of COMMANDS) {
    for (const folder of (PATH ?? '').split(delimiter)) {
      const path = join(folder, name)
      if (await mayRun(path)) return path
    }
  }
  return null
}

function mayRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
