/** Paths in commands that a page types: short where that is enough. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { ShortPaths } from '../../../src/browser/short-paths.ts'

let server: Server | undefined
afterEach(() => void server?.close())

/** A site whose list is answered by `answer`; resolves with the address of its folder of source files. */
async function site(answer: () => { code: number; body: string }): Promise<string> {
  server = createServer((_, response) => {
    const { code, body } = answer()
    response.writeHead(code).end(body)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server?.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/source/files/`
}

test('a file goes by its folder when no other ends so', async () => {
  const paths = new ShortPaths(await site(() => ({ code: 200, body: '["v1/types.go"]' })))
  expect(await paths.of('staging/src/k8s.io/apiserver/pkg/endpoints/handlers/create.go')).toBe('handlers/create.go')
  expect(await paths.of('staging/src/k8s.io/api/core/v1/types.go')).toBe('staging/src/k8s.io/api/core/v1/types.go')
})

test('without the list the whole path is taken, and the list is asked for again', async () => {
  let code = 500
  const paths = new ShortPaths(await site(() => ({ code, body: '[]' })))
  const path = 'staging/src/k8s.io/apiserver/pkg/server/config.go'
  expect(await paths.of(path)).toBe(path)
  code = 200
  expect(await paths.of(path)).toBe('server/config.go')
})
