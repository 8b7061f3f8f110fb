/** What is said of addresses that do not exist. */
import { expect, test } from 'vitest'
import { guess } from '../../../../src/browser/source-page/missing.ts'

const tree = {
  'k8s.io/apiserver': { version: 'v0.36.3', files: ['pkg/server/config.go', 'pkg/storage/etcd3/store.go'] },
  std: { version: '', files: ['net/http/server.go'] },
}
const CONFIG = { address: 'source/k8s.io/apiserver/pkg/server/config.go/', name: 'k8s.io/apiserver/pkg/server/config.go' }

test('a version in the address is taken out', () => {
  expect(guess('k8s.io/apiserver@v0.35.0/pkg/server/config.go', tree)).toEqual({ words: expect.stringContaining('at v0.36.3'), files: [CONFIG] })
})

test('other letters, folders and tests are told apart', () => {
  expect(guess('k8s.io/apiserver/pkg/server/Config.go/', tree)).toMatchObject({ words: expect.stringContaining('capital letters'), files: [CONFIG] })
  expect(guess('k8s.io/apiserver/pkg/server/', tree).files[0]?.address).toBe('source/#k8s.io/apiserver/pkg/server')
  expect(guess('k8s.io/apiserver/pkg/server/config_test.go', tree)).toMatchObject({
    words: expect.stringContaining('Tests are not compiled'),
    files: [CONFIG],
  })
})

test('a file that moved is found by its name, one with a slip by its likeness', () => {
  expect(guess('k8s.io/apiserver/pkg/etcd3/store.go', tree).files[0]?.name).toBe('k8s.io/apiserver/pkg/storage/etcd3/store.go')
  expect(guess('k8s.io/apiserver/pkg/server/confog.go', tree).files).toContainEqual(CONFIG)
})

test('a module that has no pages is said to have none', () => {
  expect(guess('go.uber.org/zap/logger.go', tree)).toEqual({ words: expect.stringContaining('No module'), files: [] })
})
