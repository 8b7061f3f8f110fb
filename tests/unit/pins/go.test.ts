/** Go is found, or the person at the terminal is told how to get it. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findGo, goEnvironment, goFolders } from '../../../src/pins/go.ts'
import { goInstallCommand } from '../../../src/pins/go-install-command.ts'
import { PinsError } from '../../../src/pins/pins-error.ts'
import { versions } from '../../../src/pins/versions.ts'

/** A folder with a `go` that prints a version. */
async function goThatSays(version: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'go-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'go'), `#!/bin/sh\necho "go version ${version} linux/amd64"\n`)
  await chmod(join(folder, 'go'), 0o755)
  return folder
}

test('the Go on PATH is found', async () => {
  const go = await findGo(process.env)
  expect(go.version).toMatch(/^1\.\d+/)
  expect(await goFolders(go)).toEqual({ GOCACHE: expect.stringMatching(/^\//), GOMODCACHE: expect.stringMatching(/^\//) })
})

test('without Go the error says what to type', async () => {
  const error = await findGo({ PATH: '/nowhere' }, []).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(PinsError)
  expect((error as PinsError).message).toContain('Go is not installed')
  expect((error as PinsError).fix).toContain(versions().go)
})

test('a Go that cannot fetch the pinned toolchain is too old, and is replaced by the command', async () => {
  const folder = await goThatSays('go1.19.8')
  const error = await findGo({ PATH: folder }, []).catch((thrown: unknown) => thrown)
  expect((error as PinsError).message).toContain(`Go at ${folder}/go is too old (1.19.8)`)
  expect((error as PinsError).fix).toContain(process.platform === 'linux' ? 'rm -rf /usr/local/go && ' : 'brew')
})

test('a newer Go behind an old one is used', async () => {
  const old = await goThatSays('go1.19.8')
  const young = await goThatSays('go1.27rc1')
  expect(await findGo({ PATH: `${old}:${young}` }, [])).toMatchObject({ path: join(young, 'go'), version: '1.27' })
  expect(await findGo({ PATH: old }, [young])).toMatchObject({ path: join(young, 'go') })
})

test("the user's own build settings do not split the build cache", () => {
  const environment = goEnvironment({ HOME: '/home/me', GOFLAGS: '-race', CGO_ENABLED: '1', GOOS: 'plan9', GOPROXY: 'https://example.org' })
  expect(environment).toEqual({
    HOME: '/home/me',
    GOPROXY: 'https://example.org',
    GOTOOLCHAIN: `go${versions().go}`,
    CGO_ENABLED: '0',
    GOFLAGS: '-buildvcs=false',
    GOWORK: 'off',
    GO111MODULE: 'on',
  })
})

test('the command fits the system', () => {
  const archive = `go${versions().go}.linux-arm64.tar.gz`
  expect(goInstallCommand(false, 'linux', 'arm64', true)).toBe(`curl -fsSL https://go.dev/dl/${archive} | tar -C /usr/local -xz`)
  expect(goInstallCommand(true, 'linux', 'x64', false)).toMatch(/^sudo rm -rf \/usr\/local\/go && curl .* \| sudo tar/)
  expect(goInstallCommand(false, 'darwin', 'arm64', false)).toBe('brew install go')
  expect(goInstallCommand(false, 'linux', 'riscv64', false)).toContain('go.dev/dl')
})
