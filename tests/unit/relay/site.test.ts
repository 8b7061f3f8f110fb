/** What the site's files look like over HTTP. */
import { type IncomingHttpHeaders, request } from 'node:http'
import { expect, test } from 'vitest'
import { openRelay, siteFolder } from './relay-fixture.ts'

/** Asks with the path exactly as it is: fetch would tidy it. */
function get(url: string, path: string, { method = 'GET', ...headers }: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(url)
    const sent = request({ host: hostname, port, path, method, headers }, (answer) => {
      let body = ''
      answer.on('data', (chunk) => {
        body += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

test('a page is marked as served by a relay, once, and is never kept unasked', async () => {
  const { url } = await openRelay()
  const home = await get(url, '/')
  expect(home.status).toBe(200)
  expect(home.body).toContain('<html data-relay lang="en">')
  expect(home.body.match(/data-relay/g)).toHaveLength(1)
  expect(home.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' })
  const chapter = await fetch(`${url}/create`)
  expect(chapter.url).toBe(`${url}/create/`)
  expect(await chapter.text()).toContain('<html data-relay')
})

test('every answer forbids scripts from elsewhere, guessing of types, and frames', async () => {
  const { url } = await openRelay()
  for (const path of ['/', '/nothing', '/_astro/page.ab12cd34.js', '/healthz']) {
    const { headers } = await get(url, path)
    expect(headers['content-security-policy'], path).toContain(`default-src 'self'`)
    expect(headers['content-security-policy'], path).toContain(`frame-ancestors 'none'`)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    })
  }
})

test('files named after what they hold are kept for ever, others are asked for again', async () => {
  const { url } = await openRelay()
  expect((await get(url, '/_astro/page.ab12cd34.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable')
  const source = await get(url, '/source/files/k8s.io/apiserver@v0.36.3/pkg/server/config.go.txt')
  expect(source.headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': 'text/plain; charset=utf-8' })
  const again = await get(url, '/source/files/k8s.io/apiserver@v0.36.3/pkg/server/config.go.txt', { 'if-none-match': String(source.headers.etag) })
  expect([again.status, again.body]).toEqual([304, ''])
  const page = await get(url, '/')
  expect((await get(url, '/', { 'if-none-match': String(page.headers.etag) })).status).toBe(304)
})

test('text is compressed for whoever can read it so', async () => {
  const { url } = await openRelay()
  const path = '/source/files/k8s.io/apiserver@v0.36.3/pkg/server/config.go.txt'
  expect((await get(url, path, { 'accept-encoding': 'gzip' })).headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
  expect((await get(url, path)).headers['content-encoding']).toBeUndefined()
  expect((await get(url, path, { 'accept-encoding': 'gzip, br' })).headers).toMatchObject({ 'content-encoding': 'br' })
  const unpacked = await fetch(`${url}${path}`)
  expect(await unpacked.text()).toBe('package server\n'.repeat(1000))
})

test('a page long enough to be compressed is marked all the same, and so is a lost reader’s', async () => {
  const long = `<!DOCTYPE html><html lang="en"><body>${'long '.repeat(1000)}</body></html>`
  const { url } = await openRelay({ site: await siteFolder({ 'index.html': long, '404.html': long }) })
  for (const path of ['/', '/?again', '/nothing']) {
    const answer = await fetch(`${url}${path}`, { headers: { 'accept-encoding': 'br' } })
    expect(answer.headers.get('content-encoding')).toBe('br')
    expect(await answer.text()).toBe(long.replace('<html', '<html data-relay'))
  }
})

test('a lost reader gets the site’s own page, with status 404', async () => {
  const { url } = await openRelay()
  for (const path of ['/nothing', '/nothing/here.html', '/api/nothing', '/create/../../x', '/%']) {
    const { status, body } = await get(url, path)
    expect([400, 403, 404], path).toContain(status)
    if (status === 404) expect(body, path).toContain('<html data-relay lang="en"><body>lost')
  }
  const bare = await openRelay({ site: await siteFolder({ 'index.html': '<html></html>' }) })
  expect(await get(bare.url, '/nothing')).toMatchObject({ status: 404, body: 'There is no such page.\n' })
})

test('no path leads out of the site', async () => {
  const { url } = await openRelay()
  const up = [
    '/..%2f..%2f..%2f..%2fetc/passwd',
    '/../../../../etc/passwd',
    '/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
    '/..%5c..%5cetc/passwd',
    '//etc/passwd',
    '/create/..%2f..%2f..%2fetc/passwd',
    '/.%00./etc/passwd',
    '/index.html%00.txt',
    '/%252e%252e/etc/passwd',
  ]
  for (const path of up) {
    const { status, body } = await get(url, path)
    expect(status, path).toBeGreaterThanOrEqual(400)
    expect(status, path).toBeLessThan(500)
    expect(body, path).not.toContain('root:')
  }
})

test('no path is redirected to another site', async () => {
  const { url } = await openRelay()
  for (const path of ['//evil.example', '//evil.example/..', '/\\evil.example', '/create//evil.example/%2e%2e', '//evil.example/%2e%2e/create']) {
    const { location } = (await get(url, path)).headers
    if (location !== undefined) expect(new URL(String(location), url).origin, path).toBe(url)
  }
})

test('HEAD says what GET would, without a body, and ranges are of files, not of pages', async () => {
  const { url } = await openRelay()
  const head = await get(url, '/', { method: 'HEAD' })
  expect([head.status, head.body, head.headers['content-type']]).toEqual([200, '', 'text/html; charset=utf-8'])
  const path = '/source/files/k8s.io/apiserver@v0.36.3/pkg/server/config.go.txt'
  expect((await get(url, path, { method: 'HEAD' })).headers['content-length']).toBe('15000')
  const part = await get(url, path, { range: 'bytes=0-6', 'accept-encoding': 'gzip' })
  expect([part.status, part.body, part.headers['content-range']]).toEqual([206, 'package', 'bytes 0-6/15000'])
  const page = await get(url, '/', { range: 'bytes=0-6' })
  expect([page.status, page.body.length > 20]).toEqual([200, true])
})

test('pages are only read', async () => {
  const { url } = await openRelay()
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) expect((await get(url, '/', { method })).status, method).toBe(404)
})
