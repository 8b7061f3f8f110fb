/** Functions in the prose: what is a link, what is not, and what fails the build. The whole book is read, with the real pins. */
import { glob, readFile } from 'node:fs/promises'
import { beforeAll, expect, test } from 'vitest'
import { type Mentions, mentions } from '../../../src/source/mentions.ts'

let known: Mentions
beforeAll(async () => {
  known = await mentions()
}, 120_000)

/** `file:function` of a link, or what else it is. */
const means = (code: string) => {
  const found = known.find(code)
  return found.is === 'function' ? `${found.function.file.inside}:${found.function.name}` : found.is
}

test.each([
  ['createHandler', 'pkg/endpoints/handlers/create.go:createHandler'],
  ['createHandler.func1', 'pkg/endpoints/handlers/create.go:createHandler.func1'],
  ['(*store).Create', 'pkg/storage/etcd3/store.go:(*store).Create'],
  ['registry.(*Store).Create', 'pkg/registry/generic/registry/store.go:(*Store).Create'],
  ['DefaultBuildHandlerChain', 'pkg/server/config.go:DefaultBuildHandlerChain'],
  ['rest.BeforeCreate', 'pkg/registry/rest/create.go:BeforeCreate'],
  ['podStrategy.PrepareForCreate', 'pkg/registry/core/pod/strategy.go:podStrategy.PrepareForCreate'],
  ['(*quotaEvaluator).start.gowrap2', 'pkg/admission/plugin/resourcequota/controller.go:(*quotaEvaluator).start'],
  ['dispatchEvents', 'pkg/storage/cacher/cacher.go:(*Cacher).dispatchEvents'],
])('%s is a link to %s', (code, link) => {
  expect(means(code)).toBe(link)
})

test.each([
  'Create',
  'get',
  'ServiceAccount',
  'resourceVersion',
  'WithContext',
  'WrapTransport',
  'ev.User',
  'authorizer.Attributes',
  'len(p)',
  '(*timeoutHandler).ServeHTTP',
])('%s is no function, or none in particular', (code) => {
  expect(means(code)).toBe('other')
})

test.each(['(*store).Creation', 'etcd3.(*store).GetLists', 'createHandlers()', 'rest.BeforeCreates()'])('%s is missing', (code) => {
  const found = known.find(code)
  expect(found.is).toBe('missing')
  expect(found.is === 'missing' && found.near.length).toBeGreaterThan(0)
})

test('the chapters name no function that is not there, and link to a good number', async () => {
  let links = 0
  for await (const file of glob('content/*/index.mdx')) {
    const text = (await readFile(file, 'utf8')).replace(/```[\s\S]*?```/g, '')
    for (const [, code = ''] of text.matchAll(/`([^`\n]+)`/g)) {
      const { is } = known.find(code)
      expect(is, `${code} in ${file}`).not.toBe('missing')
      if (is === 'function') links++
    }
  }
  expect(links).toBeGreaterThan(80)
})
