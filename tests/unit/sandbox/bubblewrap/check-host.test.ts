/** What a trial sandbox that failed tells, with the settings of the host given as text. */
import { expect, test } from 'vitest'
import { checkTrial } from '../../../../src/sandbox/bubblewrap/check-host.ts'
import type { HostSettings } from '../../../../src/sandbox/bubblewrap/host-settings.ts'
import { SandboxError } from '../../../../src/sandbox/sandbox.ts'

const open: HostSettings = {
  'kernel.unprivileged_userns_clone': null,
  'user.max_user_namespaces': '95853\n',
  'kernel.apparmor_restrict_unprivileged_userns': null,
  'kernel.yama.ptrace_scope': null,
}
const forbidden = { ...open, 'user.max_user_namespaces': '0\n' }

/** A trial that ended. */
const trial = (code: number | null, said = '') => ({ ended: Promise.resolve({ code, signal: null, said }) })

async function refusal(...parameters: Parameters<typeof checkTrial>): Promise<SandboxError> {
  const error = await checkTrial(...parameters).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(SandboxError)
  return error as SandboxError
}

test('a trial that ran is believed, whatever the settings say', async () => {
  await checkTrial(trial(0), forbidden)
})

test('a trial that failed where a setting forbids namespaces names the setting, its remedy, and what bwrap said', async () => {
  const { message, fix } = await refusal(trial(1, 'bwrap: Creating new namespace failed'), forbidden)
  expect(message).toBe('This host allows 0 user namespaces (user.max_user_namespaces). bwrap said: bwrap: Creating new namespace failed')
  expect(fix).toContain('sudo sysctl -w user.max_user_namespaces=15000')
})

test('a trial that failed where no setting explains it hands on what bwrap said, and what a container must allow', async () => {
  const { message, fix } = await refusal(trial(1, 'bwrap: Failed to mount proc'), open)
  expect(message).toBe('bubblewrap cannot make a sandbox on this host (code 1). It said: bwrap: Failed to mount proc')
  expect(fix).toContain('docker: --security-opt seccomp=unconfined')
})

test('a trial that was killed without a word says that', async () => {
  expect((await refusal(trial(null), open)).message).toBe('bubblewrap cannot make a sandbox on this host (code null). It said: nothing')
})
