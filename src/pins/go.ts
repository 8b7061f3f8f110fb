/** Finds a Go installation and says in which environment it is run, so that every run shares one build cache. */
import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { runChild } from './child.ts'
import { goFailure } from './go-failure.ts'
import { goInstallCommand } from './go-install-command.ts'
import { PinsError } from './pins-error.ts'
import { KUBERNETES_MODULE, versions } from './versions.ts'

/** A usable Go: the program, the version that is installed (the pinned one may be fetched by it), and the environment to run it in. */
export interface Go {
  path: string
  version: string
  environment: NodeJS.ProcessEnv
}

/** The first Go that obeys GOTOOLCHAIN, and so can fetch the pinned toolchain by itself. */
const OLDEST = [1, 21] as const

/** Where Go's own archive and package managers put it when PATH does not say so. */
const WELL_KNOWN = ['/usr/local/go/bin', '/opt/homebrew/bin', '/usr/local/bin', '/snap/bin', join(homedir(), 'go/bin'), join(homedir(), 'sdk/go/bin')]

/** Environment for every run of Go: the pinned toolchain, no C compiler, no flag of the user's that would split the build cache. */
export function goEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GOOS: _os, GOARCH: _architecture, GOEXPERIMENT: _experiment, ...rest } = environment
  return {
    ...rest,
    GOTOOLCHAIN: `go${versions().go}`,
    CGO_ENABLED: '0',
    // An empty value would let through what `go env -w GOFLAGS` wrote down; this one says what every build here says anyway.
    GOFLAGS: '-buildvcs=false',
    GOWORK: 'off',
    GO111MODULE: 'on',
  }
}

/**
 * Finds Go on PATH or where it is usually installed. Throws PinsError with the command that installs it when there is none or it is too old.
 * Without an argument it looks where this process itself would: the Astro build has no main program of ours that could hand one over.
 */
export async function findGo(environment: NodeJS.ProcessEnv = process.env, wellKnown: readonly string[] = WELL_KNOWN): Promise<Go> {
  const found: string[] = []
  for (const directory of [...(environment.PATH ?? '').split(delimiter), ...wellKnown]) {
    const path = join(directory, 'go')
    if (directory === '' || found.includes(path) || !(await isProgram(path))) continue
    found.push(path)
    const version = await versionOf(path, environment)
    if (version !== null && !isOlder(version)) return { path, version, environment: goEnvironment(environment) }
  }
  const tooOld = found[0]
  const fix = `Install Go ${versions().go} with: ${goInstallCommand(tooOld !== undefined)}`
  if (tooOld === undefined) throw new PinsError('Go is not installed, and without it the API server cannot be built.', fix)
  const version = (await versionOf(tooOld, environment)) ?? 'does not run'
  throw new PinsError(`Go at ${tooOld} is too old (${version}); ${OLDEST.join('.')} is the oldest that can fetch Go ${versions().go} by itself.`, fix)
}

/** Where this Go keeps what it compiled and what it downloaded. Throws PinsError. */
export async function goFolders({ path, environment }: Go): Promise<{ GOCACHE: string; GOMODCACHE: string }> {
  const names = ['GOCACHE', 'GOMODCACHE']
  const { code, stdout, said } = await runChild({ command: path, args: ['env', '-json', ...names], directory: KUBERNETES_MODULE, environment })
  if (code !== 0) throw goFailure('fetch the pinned toolchain', said)
  return z.object({ GOCACHE: z.string(), GOMODCACHE: z.string() }).parse(JSON.parse(stdout))
}

async function isProgram(path: string): Promise<boolean> {
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** The version that is installed, as `1.26.8`, or null when the program does not run or says none. */
async function versionOf(path: string, environment: NodeJS.ProcessEnv): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)(path, ['version'], { env: { ...environment, GOTOOLCHAIN: 'local' }, cwd: '/', timeout: 10_000 })
    return /\bgo(\d+\.\d+(?:\.\d+)?)/.exec(stdout)?.[1] ?? null
  } catch {
    return null
  }
}

function isOlder(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])
}
