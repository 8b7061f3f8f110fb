/** The contract over real sandboxes, and what only they have. */
import { describe, test } from 'vitest'
import { bubblewrapPossible, openReal } from './built.ts'
import { sandboxContract } from './sandbox-contract.ts'

const possible = await bubblewrapPossible()

if (possible.is === 'possible') sandboxContract('bubblewrap', () => openReal(possible))
else describe('a sandbox of bubblewrap', () => test.skip(`cannot be had here: ${possible.why}`, () => {}))
