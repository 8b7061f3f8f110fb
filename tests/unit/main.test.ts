/** The program's arguments and signals, as typed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'

async function run(...parameters: string[]): Promise<{ code: number; said: string; complaint: string }> {
  const child = spawn(process.execPath, ['src/main.ts', ...parameters], { env: { ...process.env, XDG_CACHE_HOME: '/somewhere' } })
  const [said, complaint, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, said, complaint }
}

test('--help explains every option and where the caches lie', async () => {
  const { code, said } = await run('start', '--help')
  expect(code).toBe(0)
  for (const word of ['--port', '--host', '--recorded', '/somewhere/follow-the-request', 'XDG_CACHE_HOME', 'GOMODCACHE']) expect(said).toContain(word)
})

test('a port that is no port is refused', async () => {
  const { code, complaint } = await run('start', '--port', '70000')
  expect(code).toBe(1)
  expect(complaint).toContain('--port takes a number from 0 to 65535, not "70000".')
})

test('an option that does not exist is refused, with where to look', async () => {
  const { code, complaint } = await run('start', '--prot', '80')
  expect(code).toBe(1)
  expect(complaint).toContain("Unknown option '--prot'")
  expect(complaint).toContain('npm start -- --help')
})

test('an unknown verb is answered with those there are', async () => {
  const { code, complaint } = await run('strat')
  expect(code).toBe(1)
  expect(complaint).toContain('start, build, verify, dev')
})
