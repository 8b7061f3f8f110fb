/** Promised words against what tools really print. */
import { expect, test } from 'vitest'
import { matches } from '../../../../src/book/check/says.ts'
import { scrub } from '../../../../src/book/check/scrub.ts'

test('the wildcard stands for anything on one line', () => {
  expect(
    matches('Breakpoint create set … createHandler.func1()', 'Breakpoint create set at 0x30d0a51 for k8s.io/x.createHandler.func1() create.go:182'),
  ).toBe(true)
  expect(matches('one … two', 'one\ntwo')).toBe(false)
})

test('columns of a table may be wider than promised', () => {
  expect(matches('nginx 0/1 Pending 0', 'NAME    READY   STATUS    RESTARTS   AGE\nnginx   0/1     Pending   0          3s')).toBe(true)
})

test('letters that mean something in patterns mean themselves', () => {
  expect(matches('(*store).Create [1]', 'etcd3.(*store).Create [1]')).toBe(true)
  expect(matches('a.c', 'abc')).toBe(false)
})

test('an address promised literally matches any address', () => {
  expect(matches('0x355b72a', '(PC: 0x30d0a51)')).toBe(true)
})

test('a stop line of Delve is scrubbed', () => {
  expect(scrub('> [create] x.func1() a.go:182 (hits goroutine(12301):1 total:1) (PC: 0x355b72a)')).toBe(
    '> [create] x.func1() a.go:182 (hits goroutine(N):1 total:1) (PC: 0x…)',
  )
})

test('an address right behind a colour is scrubbed, a small number is not', () => {
  expect(scrub('\x1b[34m0x2ecdf2a70640\x1b[0m 0xff (PC: 30d0a51) Thread 30977')).toBe('\x1b[34m0x…\x1b[0m 0xff (PC: …) Thread N')
})

test('a client’s port, the digest of its key and an id cut short are scrubbed, the server’s port is not', () => {
  expect(scrub('127.0.0.1:43724 127.0.0.1:6443 X509SHA256=cbe20a68b49737df ["8aeb4cf5-2f3d-41f0-a3…"]')).toBe(
    '127.0.0.1:… 127.0.0.1:6443 X509SHA256=… ["……"]',
  )
})

test('the version of a Go module is no unique id', () => {
  expect(scrub('v0.0.0-20261105003125-4bf881d7fb0b')).toBe('v0.0.0-20261105003125-4bf881d7fb0b')
})

test('the id of a trace is scrubbed, a word after "trace" is not', () => {
  expect(scrub('trace 6459a0913d34705a56007773fa6f52c1, 9 spans; trace deadbeef')).toBe('trace …, 9 spans; trace deadbeef')
})

test('goroutines may be given names that stay', () => {
  expect(scrub('Goroutine 12544:', (id) => (id === 12544 ? '1' : '?'))).toBe('Goroutine 1:')
})

test('unique ids and times are scrubbed', () => {
  expect(scrub('uid: 33132d99-3148-42fe-ba16-d652d5585bfb at 2026-11-22T20:56:01Z')).toBe('uid: … at …')
})
