/** Serves the built site: its files, its 404 page, and the mark that tells a page that a relay serves it. */
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
// @fastify/static: Fastify's own plugin; ranges and conditional requests are easy to get wrong.
import files from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { CompressedFiles, encodingOf, SMALLEST } from './compressed.ts'
import { WASM_POLICY, WASM_WORKER } from './headers.ts'

/** Astro names files in this folder after a hash of what they hold. */
const HASHED = /[\\/]_astro[\\/]/
const PAGE = /^text\/html/
const TEXT = /^(text\/|application\/(javascript|json|manifest\+json)|image\/svg)/

/** Adds the site in the folder `site` to `app`. Whole source files are hundreds of kilobytes, so text is sent compressed. */
export async function serveSite(app: FastifyInstance, site: string): Promise<void> {
  const compressed = new CompressedFiles()
  /** Which file an answer is made of: there are many ways to write an address, and each file is compressed once. */
  const sources = new WeakMap<FastifyReply, { path: string; version: string; size: number }>()
  // A page is sent whole: the mark moves its bytes, so a range of the file would not be a range of the page.
  app.addHook('onRequest', async ({ raw }) => {
    if (/\.html$|(^|\/)[^./]*$/.test(raw.url?.split('?')[0] ?? '')) delete raw.headers.range
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const source = sources.get(reply)
    const type = String(reply.getHeader('content-type'))
    if (!source || !TEXT.test(type) || !(payload instanceof Readable)) return payload
    reply.header('vary', 'accept-encoding')
    const isPage = PAGE.test(type)
    if (isPage) reply.removeHeader('content-length')
    if (request.method === 'HEAD' || reply.statusCode === 206) return payload

    const read = async () => {
      const text = await readFile(source.path)
      return isPage ? Buffer.from(text.toString().replace('<html', '<html data-relay')) : text
    }
    const encoding = source.size < SMALLEST ? null : encodingOf(request.headers['accept-encoding'])
    const short = encoding && (await compressed.get(`${source.path} ${source.version}`, encoding, read).catch(() => null))
    if (!short && !isPage) return payload
    const body = short ?? (await read())
    payload.destroy()
    reply.removeHeader('content-length')
    if (short) reply.header('content-encoding', encoding)
    return body
  })
  await app.register(files, {
    root: site,
    redirect: true,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (reply, path, { mtimeMs, size }) => {
      sources.set(reply as unknown as FastifyReply, { path, version: `${mtimeMs} ${size}`, size })
      if (WASM_WORKER.test(path)) reply.header('content-security-policy', WASM_POLICY)
      reply.header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.setNotFoundHandler(async (_request, reply) => {
    const page = await stat(join(site, '404.html')).catch(() => null)
    return page?.isFile() ? reply.code(404).sendFile('404.html') : reply.code(404).type('text/plain').send('There is no such page.\n')
  })
}
