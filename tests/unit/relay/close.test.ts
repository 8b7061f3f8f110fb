/** What is left of a relay that was closed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

test('a program that closes its relay, with pages still there, ends by itself', async () => {
  const program = spawn(process.execPath, [fileURLToPath(new URL('closing-program.ts', import.meta.url))], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  program.stdout.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(program, 'exit')
  expect([said, code]).toEqual(['closed\n', 0])
})
