/** A host that forbids user namespaces, for real: a namespace of this one in which no other may be made. */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { bubblewrapPossible } from './built.ts'
import { emptyGroups } from './traces.ts'

const run = promisify(execFile)
const possible = await bubblewrapPossible()

/** Runs a command where no user namespace can be made, as a user without capabilities, since a host's root would not be held by the limit alone. */
const FORBIDDEN = [
  ...['--user', '--map-user=1000', '--map-group=1000', '--keep-caps', 'sh', '-c'],
  ...['echo 0 > /proc/sys/user/max_user_namespaces && exec setpriv --ambient-caps=-all --inh-caps=-all "$@"', 'sh'],
]

test('where user namespaces are forbidden, the error names the setting and the remedy, and nothing is left behind', async ({ skip }) => {
  if (possible.is === 'impossible') return skip(`sandboxes cannot be had here: ${possible.why}`)
  const refusal = await run('unshare', [...FORBIDDEN, 'true']).then(
    () => null,
    (error: Error) => error.message,
  )
  if (refusal !== null) return skip(`such a namespace cannot be made here: ${refusal}`)
  const folder = await mkdtemp(join(tmpdir(), 'forbidden-'))
  const before = await emptyGroups()
  try {
    const program = [process.execPath, 'tests/contract/opener.ts', JSON.stringify(possible.built)]
    const { stdout } = await run('unshare', [...FORBIDDEN, ...program], { env: { ...process.env, TMPDIR: folder } })
    const setting = 'This host allows 0 user namespaces (user.max_user_namespaces).'
    expect(JSON.parse(stdout)).toEqual({
      opened: {
        name: 'SandboxError',
        message: expect.stringMatching(/^This host allows 0 user namespaces \(user\.max_user_namespaces\)\. bwrap said: bwrap: .*namespace/),
        fix: expect.stringMatching(/^sudo sysctl -w user\.max_user_namespaces=\d+ /),
      },
      sandboxes: { is: 'missing', why: expect.stringContaining(setting) },
    })
    expect(await readdir(folder)).toEqual([])
    expect(await emptyGroups()).toEqual(before)
  } finally {
    await rm(folder, { recursive: true })
  }
})
