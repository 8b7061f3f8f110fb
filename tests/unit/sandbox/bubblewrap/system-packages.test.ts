/** Missing system programs are installed where that is allowed, and named with the exact command where it is not. A folder of scripts stands for the system. */
import { beforeEach, expect, test } from 'vitest'
import { installPackages, missingPrograms } from '../../../../src/sandbox/bubblewrap/system-packages.ts'
import { SandboxError } from '../../../../src/sandbox/sandbox.ts'
import { makeSystem, SUDO_FOR_ALL, type SystemOfScripts } from '../../../support/system-of-scripts.ts'

const ALL = ['bwrap', 'bash', 'curl', 'jq', 'dot', 'flock', 'prlimit', 'setpriv']
let system: SystemOfScripts

beforeEach(async () => {
  system = await makeSystem()
  return () => system.remove()
})

const install = (root: boolean) => installPackages({ log: () => {}, root, environment: system.environment })

test('with everything there nothing is asked of the package manager', async () => {
  await system.have(...ALL)
  await system.program('apt-get', 'exit 1')
  await install(true)
})

test('root installs what is missing, and only that', async () => {
  await system.have('bash', 'curl', 'dot', 'flock', 'prlimit', 'setpriv')
  await system.manager('apt-get', ['bwrap', 'jq'])
  await install(true)
  expect(await system.asked()).toEqual(['update', 'install --yes --no-install-recommends bubblewrap jq'])
  expect(await missingPrograms(system.environment)).toEqual([])
})

test.each([
  ['dnf', 'install --assumeyes bubblewrap'],
  ['pacman', '--sync --noconfirm --needed bubblewrap'],
  ['apk', 'add bubblewrap'],
  ['zypper', '--non-interactive install bubblewrap'],
])('%s is asked in its own words', async (name, words) => {
  await system.have(...ALL.slice(1))
  await system.manager(name, ['bwrap'])
  await install(true)
  expect(await system.asked()).toEqual([words])
})

test('a sudo that asks for no password is used', async () => {
  await system.have(...ALL.slice(1))
  await system.manager('apt-get', ['bwrap'])
  await system.program('sudo', SUDO_FOR_ALL)
  await install(false)
  expect(await system.asked()).toHaveLength(2)
})

test('without the right to install, the error is the command to type', async () => {
  await system.have(...ALL.slice(1), 'apt-get')
  await system.program('sudo', 'exit 1')
  await expect(install(false)).rejects.toEqual(
    new SandboxError('This system lacks bwrap.', 'sudo apt-get update && sudo apt-get install --yes --no-install-recommends bubblewrap'),
  )
})

test('an unknown system is told which packages it needs', async () => {
  await expect(install(true)).rejects.toMatchObject({ fix: 'Install the packages bubblewrap bash curl jq graphviz util-linux.' })
})

test('an installation that fails says why', async () => {
  await system.have(...ALL.slice(1))
  await system.program('apt-get', 'echo "E: Unable to locate package bubblewrap" >&2; exit 100')
  await expect(install(true)).rejects.toMatchObject({
    message: expect.stringContaining('Unable to locate package'),
    fix: expect.stringMatching(/^apt-get/),
  })
})

test('an installation that brings nothing is not believed', async () => {
  await system.have(...ALL.slice(1), 'apt-get')
  await expect(install(true)).rejects.toMatchObject({ message: expect.stringContaining('there is still no bwrap') })
})
