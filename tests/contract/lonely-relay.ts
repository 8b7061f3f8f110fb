/** A relay of its own, for tests that kill it or run it as another user: opens one sandbox of the programs given (`Built` as JSON), prints the ids of all its processes and what kubectl says, and waits. */
import type { Built } from '../../src/pins/built.ts'
import { openBubblewrap } from '../../src/sandbox/bubblewrap/bubblewrap.ts'
import { descendants } from './processes.ts'
import { openTypist } from './typist.ts'

const backend = await openBubblewrap({ built: JSON.parse(process.argv[2] as string) as Built, log: () => {} })
process.once('SIGTERM', () => backend.close().then(() => process.exit()))
const sandbox = await backend.open()
const shell = await openTypist(sandbox, 'shell')
const { said } = await shell.run('kubectl run nginx --image=nginx')
await sandbox.attachDebugger()
console.log(JSON.stringify({ processes: await descendants(process.pid), said }))
setInterval(() => {}, 60_000)
