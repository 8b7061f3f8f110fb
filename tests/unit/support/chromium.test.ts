/** The browser tests find their Chromium or install it where that is allowed. A folder of scripts stands for the system. */
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { findChromium } from '../../support/chromium.ts'
import { makeSystem, SUDO_FOR_ALL, type SystemOfScripts } from '../../support/system-of-scripts.ts'

let system: SystemOfScripts

beforeEach(async () => {
  system = await makeSystem()
  return () => system.remove()
})

const find = (root: boolean, environment = system.environment) => findChromium({ log: () => {}, root, environment })

test('the Chromium that is there is taken, and the one that CHROMIUM names before it', async () => {
  await system.have('google-chrome')
  expect(await find(false)).toEqual({ is: 'found', path: join(system.bin, 'google-chrome') })
  expect(await find(false, { ...system.environment, CHROMIUM: '/opt/browser' })).toEqual({ is: 'found', path: '/opt/browser' })
})

test.each([
  ['apt-get', ['update', 'install --yes --no-install-recommends chromium'], 'chromium'],
  ['dnf', ['install --assumeyes chromium'], 'chromium-browser'],
  ['pacman', ['--sync --noconfirm --needed chromium'], 'chromium'],
  ['apk', ['add chromium'], 'chromium-browser'],
  ['zypper', ['--non-interactive install chromium'], 'chromium'],
])('root installs it with %s', async (manager, words, command) => {
  await system.manager(manager, [command])
  expect(await find(true)).toEqual({ is: 'found', path: join(system.bin, command) })
  expect(await system.asked()).toEqual(words)
})

test('a sudo that asks for no password is used', async () => {
  await system.manager('dnf', ['chromium-browser'])
  await system.program('sudo', SUDO_FOR_ALL)
  expect(await find(false)).toMatchObject({ is: 'found' })
})

test("without the right to install, the reason names this system's own command", async () => {
  await system.have('pacman')
  await system.program('sudo', 'exit 1')
  expect(await find(false)).toEqual({
    is: 'missing',
    why: 'there is no Chromium and it may not be installed here; try: sudo pacman --sync --noconfirm --needed chromium',
  })
})

test('an unknown system is said to be one', async () => {
  expect(await find(true)).toEqual({ is: 'missing', why: 'there is no Chromium, and no package manager that is known here' })
})

test('an installation that fails says why, and one that brings nothing is not believed', async () => {
  await system.program('apk', 'echo "ERROR: unable to select packages" >&2; exit 1')
  expect(await find(true)).toEqual({
    is: 'missing',
    why: 'Chromium could not be installed (apk add chromium): ERROR: unable to select packages',
  })
  await system.manager('apk', ['something-else'])
  expect(await find(true)).toMatchObject({ is: 'missing', why: expect.stringMatching(/^after "apk add chromium" there is still no chromium or /) })
})
