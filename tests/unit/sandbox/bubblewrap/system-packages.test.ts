/** Missing system programs are installed where that is allowed, and named with the exact command where it is not. A folder of scripts stands for the system. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { installPackages, missingPrograms } from '../../../../src/sandbox/bubblewrap/system-packages.ts'
import { SandboxError } from '../../../../src/sandbox/sandbox.ts'

const ALL = ['bwrap', 'bash', 'curl', 'jq', 'flock', 'prlimit', 'setpriv']
let bin = ''

beforeEach(async () => {
  bin = await mkdtemp(join(tmpdir(), 'system-'))
  return () => rm(bin, { recursive: true })
})

async function program(name: string, script = '') {
  await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`)
  await chmod(join(bin, name), 0o755)
}

const have = async (...names: string[]) => {
  for (const name of names) await program(name)
}

/** A package manager that notes what it is asked, and brings the programs. Shell built-ins only: there is nothing else on this PATH. */
const manager = (brings: readonly string[]) => `echo "$*" >> ${bin}/asked
case "$*" in *install*|*add*) for name in ${brings.join(' ')}; do echo > ${bin}/$name; /bin/chmod +x ${bin}/$name; done;; esac`

const install = (root: boolean) => installPackages({ log: () => {}, root, environment: { PATH: bin } })
const asked = async () => (await readFile(join(bin, 'asked'), 'utf8')).trim().split('\n')

test('with everything there nothing is asked of the package manager', async () => {
  await have(...ALL)
  await program('apt-get', 'exit 1')
  await install(true)
})

test('root installs what is missing, and only that', async () => {
  await have('bash', 'curl', 'flock', 'prlimit', 'setpriv')
  await program('apt-get', manager(['bwrap', 'jq']))
  await install(true)
  expect(await asked()).toEqual(['update', 'install --yes --no-install-recommends bubblewrap jq'])
  expect(await missingPrograms({ PATH: bin })).toEqual([])
})

test('each package manager is asked in its own words', async () => {
  const words = {
    dnf: 'install --assumeyes bubblewrap',
    pacman: '--sync --noconfirm --needed bubblewrap',
    apk: 'add bubblewrap',
    zypper: '--non-interactive install bubblewrap',
  }
  for (const [name, expected] of Object.entries(words)) {
    await have(...ALL.slice(1))
    await program(name, `${manager([])}\necho > ${bin}/bwrap; /bin/chmod +x ${bin}/bwrap`)
    await install(true)
    expect(await asked()).toEqual([expected])
    for (const file of ['asked', 'bwrap', name]) await rm(join(bin, file))
  }
})

test('a sudo that asks for no password is used', async () => {
  await have(...ALL.slice(1))
  await program('apt-get', manager(['bwrap']))
  await program('sudo', '[ "$1" = -n ] || "$@"')
  await install(false)
  expect(await asked()).toHaveLength(2)
})

test('without the right to install, the error is the command to type', async () => {
  await have(...ALL.slice(1))
  await program('apt-get')
  await program('sudo', 'exit 1')
  await expect(install(false)).rejects.toEqual(
    new SandboxError('This system lacks bwrap.', 'sudo apt-get update && sudo apt-get install --yes --no-install-recommends bubblewrap'),
  )
})

test('an unknown system is told which packages it needs', async () => {
  await expect(install(true)).rejects.toMatchObject({ fix: 'Install the packages bubblewrap bash curl jq util-linux.' })
})

test('an installation that fails says why', async () => {
  await have(...ALL.slice(1))
  await program('apt-get', 'echo "E: Unable to locate package bubblewrap" >&2; exit 100')
  await expect(install(true)).rejects.toMatchObject({
    message: expect.stringContaining('Unable to locate package'),
    fix: expect.stringMatching(/^apt-get/),
  })
})

test('an installation that brings nothing is not believed', async () => {
  await have(...ALL.slice(1))
  await program('apt-get')
  await expect(install(true)).rejects.toMatchObject({ message: expect.stringContaining('there is still no bwrap') })
})
