/** A program of its own, for tests that run it on a host that can have no sandboxes: says as JSON how opening the backend ends with the programs given (`Built` as JSON), and what `npm test` would think of the host. */
import type { Built } from '../../src/pins/built.ts'
import { openBubblewrap } from '../../src/sandbox/bubblewrap/bubblewrap.ts'
import { findSandboxes } from '../support/sandboxes.ts'

const opened = await openBubblewrap({ built: JSON.parse(process.argv[2] as string) as Built, log: () => {} }).then(
  (backend) => backend.close().then(() => 'opened'),
  ({ name, message, fix }) => ({ name, message, fix }),
)
console.log(JSON.stringify({ opened, sandboxes: await findSandboxes({ log: () => {} }) }))
