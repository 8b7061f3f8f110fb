/** The pins are those of the Kubernetes release, version by version. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { findGo } from '../../../src/pins/go.ts'
import { DELVE_MODULE, KUBERNETES_MODULE, PPROF_MODULE, stagingModules, versions } from '../../../src/pins/versions.ts'

const MODULES = [KUBERNETES_MODULE, DELVE_MODULE, PPROF_MODULE]
const Requirement = z.object({ Path: z.string(), Version: z.string() })
const GoMod = z.object({ Require: z.array(Requirement) })

/** Runs Go in a module and returns what it printed. */
async function go(directory: string, ...parameters: string[]): Promise<string> {
  const { path, environment } = await findGo(process.env)
  const { stdout } = await promisify(execFile)(path, parameters, { cwd: directory, env: environment, maxBuffer: 1e8 })
  return stdout
}

test('versions are read from the go.mod files', () => {
  expect(versions()).toEqual({
    kubernetes: expect.stringMatching(/^v1\.\d+\.\d+$/),
    staging: expect.stringMatching(/^v0\.\d+\.\d+$/),
    etcd: expect.stringMatching(/^v3\./),
    delve: expect.stringMatching(/^v1\./),
    pprof: expect.stringMatching(/^v0\.0\.0-/),
    go: expect.stringMatching(/^1\.\d+\.\d+$/),
  })
  expect(versions().staging).toBe(versions().kubernetes.replace('v1.', 'v0.'))
})

test('all modules name the same toolchain', async () => {
  for (const directory of MODULES) {
    expect(await readFile(join(directory, 'go.mod'), 'utf8')).toContain(`\ntoolchain go${versions().go}\n`)
  }
})

test('every version that the Kubernetes release requires is the version that is built', async () => {
  const { GoMod: released } = JSON.parse(await go(KUBERNETES_MODULE, 'mod', 'download', '-json', 'k8s.io/kubernetes'))
  const { Require: required } = GoMod.parse(JSON.parse(await go(KUBERNETES_MODULE, 'mod', 'edit', '-json', released)))
  const list = (await go(KUBERNETES_MODULE, 'list', '-m', '-f', '{{.Path}} {{with .Replace}}{{.Version}}{{else}}{{.Version}}{{end}}', 'all')).trim()
  const built = new Map(list.split('\n').map((line) => line.split(' ') as [string, string]))
  const staging = new Set(stagingModules())
  // In its own go.mod the release calls the modules of its repository v0.0.0.
  const expected = required.map(({ Path, Version }) => `${Path} ${staging.has(Path) ? versions().staging : Version}`)
  expect(required.length).toBeGreaterThan(150)
  expect(required.map(({ Path }) => `${Path} ${built.get(Path)}`)).toEqual(expected)
})

test('the checksums of the modules are complete', async () => {
  for (const directory of MODULES) {
    await expect(go(directory, 'mod', 'graph')).resolves.toBeTypeOf('string')
  }
})
