/** A relay on a free port with a small site and a stub backend; ends with the test. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Relay, type RelayOptions, startRelay } from '../../../src/relay/relay.ts'
import { StubBackend, type StubSandbox } from './stub-backend.ts'

/** Files of a site, by path. */
const SITE = {
  'index.html': '<!DOCTYPE html><html lang="en"><head><title>Home</title></head><body>home</body></html>',
  'create/index.html': '<!DOCTYPE html>\n<html lang="en"><body>create</body></html>',
  '404.html': '<!DOCTYPE html><html lang="en"><body>lost</body></html>',
  '_astro/page.ab12cd34.js': 'console.log(1)\n',
  'source/files/k8s.io/apiserver@v0.36.3/pkg/server/config.go.txt': 'package server\n'.repeat(1000),
}

export async function siteFolder(files: Readonly<Record<string, string>> = SITE): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relay-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

/** Starts a relay that is not live. `log` collects what it logged. */
export async function openRelay(options: Partial<RelayOptions> = {}): Promise<{ relay: Relay; url: string; log: string[] }> {
  const log: string[] = []
  const site = options.site ?? (await siteFolder())
  const relay = await startRelay({ host: '127.0.0.1', port: 0, log: (words) => log.push(words), limits: { sessions: 4 }, ...options, site })
  onTestFinished(() => relay.close())
  return { relay, url: relay.url, log }
}

/** Starts a relay that is live. `sandbox()` is the one that was claimed last. */
export async function openLiveRelay({
  backend = new StubBackend(),
  ahead = 0,
  ...options
}: Partial<RelayOptions> & { backend?: StubBackend; ahead?: number } = {}) {
  const opened = await openRelay(options)
  opened.relay.goLive({ backend, ahead })
  const sandbox = (): StubSandbox => {
    const last = backend.sandboxes.at(-1)
    if (!last) throw new Error('No sandbox was started yet.')
    return last
  }
  return { ...opened, backend, sandbox }
}
