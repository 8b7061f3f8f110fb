/** The contract over the fake, so that what is tested on the fake holds of real sandboxes. */
import { openFake } from '../../src/sandbox/fake/fake.ts'
import { sandboxContract } from './sandbox-contract.ts'

sandboxContract('the fake', async () => openFake())
