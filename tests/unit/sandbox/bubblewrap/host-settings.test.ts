/** Settings of other hosts, given as text. "Not run": the machine these tests were written on has no Yama, no AppArmor and no sysctl of Debian's. User namespaces are forbidden for real in tests/contract/bubblewrap-forbidden.test.ts. */
import { expect, test } from 'vitest'
import { bwrapObstacle, type HostSettings, namespaceObstacle, ptraceObstacle } from '../../../../src/sandbox/bubblewrap/host-settings.ts'

const none: HostSettings = {
  'kernel.unprivileged_userns_clone': null,
  'user.max_user_namespaces': null,
  'kernel.apparmor_restrict_unprivileged_userns': null,
  'kernel.yama.ptrace_scope': null,
}

test('a host without these settings has nothing in the way', () => {
  expect(namespaceObstacle(none)).toBeNull()
  expect(ptraceObstacle(none)).toBeNull()
})

test('a host with the usual settings of Debian and Fedora has nothing in the way', () => {
  const usual = { ...none, 'kernel.unprivileged_userns_clone': '1\n', 'user.max_user_namespaces': '95853\n', 'kernel.yama.ptrace_scope': '1\n' }
  expect(namespaceObstacle(usual)).toBeNull()
  expect(ptraceObstacle(usual)).toBeNull()
})

test('user namespaces for root only are named with the sysctl that allows them (given value, not run)', () => {
  const obstacle = namespaceObstacle({ ...none, 'kernel.unprivileged_userns_clone': '0\n' })
  expect(obstacle?.what).toContain('kernel.unprivileged_userns_clone is 0')
  expect(obstacle?.fix).toContain('sudo sysctl -w kernel.unprivileged_userns_clone=1')
})

test.each(['0\n', '1\n'])('room for %j user namespaces is too little, since a sandbox nests two', (most) => {
  expect(namespaceObstacle({ ...none, 'user.max_user_namespaces': most })?.fix).toContain('sudo sysctl -w user.max_user_namespaces=')
})

test("AppArmor's restriction is named with the profile that lifts it for bwrap alone (given value, not run)", () => {
  const obstacle = namespaceObstacle({ ...none, 'kernel.apparmor_restrict_unprivileged_userns': '1\n' })
  expect(obstacle?.what).toContain('AppArmor')
  expect(obstacle?.fix).toContain('/etc/apparmor.d/bwrap')
  expect(obstacle?.fix).toContain('apparmor_parser -r')
})

test('Yama at 0 and 1 lets Delve attach: at 1 the API server names its tracer (given values; the naming itself could not be run without Yama)', () => {
  expect(ptraceObstacle({ ...none, 'kernel.yama.ptrace_scope': '0\n' })).toBeNull()
  expect(ptraceObstacle({ ...none, 'kernel.yama.ptrace_scope': '1\n' })).toBeNull()
})

test('Yama at 2 is named with the sysctl, and at 3 with the restart it takes (given values, not run)', () => {
  expect(ptraceObstacle({ ...none, 'kernel.yama.ptrace_scope': '2\n' })?.fix).toContain('sudo sysctl -w kernel.yama.ptrace_scope=1')
  expect(ptraceObstacle({ ...none, 'kernel.yama.ptrace_scope': '3\n' })?.fix).toContain('restart the machine')
})

test('bwrap must be there and 0.8.0 or newer', () => {
  expect(bwrapObstacle('bubblewrap 0.8.0\n')).toBeNull()
  expect(bwrapObstacle('bubblewrap 0.11.0\n')).toBeNull()
  expect(bwrapObstacle('bubblewrap 1.0.0\n')).toBeNull()
  expect(bwrapObstacle('bubblewrap 0.6.2\n')?.what).toContain('bubblewrap is 0.6.2; 0.8.0 or newer is needed')
  expect(bwrapObstacle('something else\n')?.what).toContain('not understood')
  expect(bwrapObstacle(null)?.fix).toContain('sudo apt-get install bubblewrap')
})
