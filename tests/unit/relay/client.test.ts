/** Which addresses are one client's. */
import { expect, test } from 'vitest'
import { clientOf } from '../../../src/relay/client.ts'

test('an IPv4 address is a client, also where IPv6 wraps it', () => {
  expect(clientOf('192.0.2.7')).toBe('192.0.2.7')
  expect(clientOf('::ffff:192.0.2.7')).toBe('192.0.2.7')
  expect(clientOf('192.0.2.7')).not.toBe(clientOf('192.0.2.8'))
})

test('all IPv6 addresses of a network are one client, however they are written', () => {
  const one = clientOf('2001:db8:0:1::5')
  expect(clientOf('2001:0db8:0000:0001:a:b:c:d')).toBe(one)
  expect(clientOf('2001:db8:0:1:ffff::')).toBe(one)
  expect(clientOf('2001:db8:0:2::5')).not.toBe(one)
  expect(clientOf('::1')).toBe('0:0:0:0::/64')
  expect(clientOf('fe80::1%eth0')).toBe(clientOf('fe80::2%eth1'))
})
