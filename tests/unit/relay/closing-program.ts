/** Opens a relay with readers, one of them gone and one whose session is over, closes it, and does nothing more. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startRelay } from '../../../src/relay/relay.ts'
import { openFake } from '../../../src/sandbox/fake/fake.ts'
import { openReader } from '../../support/reader.ts'

const site = await mkdtemp(join(tmpdir(), 'relay-test-'))
const relay = await startRelay({ site, host: '127.0.0.1', port: 0, log: () => {} })
const backend = openFake()
relay.goLive({ backend })
const readers = await Promise.all([1, 2, 3].map(() => openReader({ url: relay.url })))
await Promise.all(readers.map((reader) => reader.session('live')))
const [, gone, over] = readers
await gone?.close()
over?.send({ type: 'end' })
await over?.closed
const { body } = await fetch(`${relay.url}/api/status`)
await relay.close()
await body?.cancel()
await backend.close()
await rm(site, { recursive: true })
console.log('closed')
