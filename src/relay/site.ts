/** Serves the built site: its files, its 404 page, and the mark that tells a page that a relay serves it. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { constants } from 'node:zlib'
// @fastify/compress and @fastify/static: Fastify's own plugins; ranges, conditional requests and encodings are easy to get wrong.
import compress from '@fastify/compress'
import files from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** Astro names files in this folder after a hash of what they hold. */
const HASHED = /[\\/]_astro[\\/]/

/** Adds the site in the folder `site` to `app`. Whole source files are hundreds of kilobytes, so text is compressed on the way. */
export async function serveSite(app: FastifyInstance, site: string): Promise<void> {
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    globalDecompression: false,
  })
  // A page is sent whole: the mark moves its bytes, so a range of the file would not be a range of the page.
  app.addHook('onRequest', async ({ raw }) => {
    if (/\.html$|(^|\/)[^./]*$/.test(raw.url?.split('?')[0] ?? '')) delete raw.headers.range
  })
  app.addHook('onSend', async (request, reply, payload) => {
    if (!String(reply.getHeader('content-type')).startsWith('text/html') || !isReadable(payload)) return payload
    reply.removeHeader('content-length')
    return request.method === 'HEAD' ? payload : (await text(payload)).replace('<html', '<html data-relay')
  })
  await app.register(files, {
    root: site,
    redirect: true,
    dotfiles: 'ignore',
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.setNotFoundHandler(async (_request, reply) => {
    const page = await stat(join(site, '404.html')).catch(() => null)
    return page?.isFile() ? reply.code(404).sendFile('404.html') : reply.code(404).type('text/plain').send('There is no such page.\n')
  })
}

function isReadable(payload: unknown): payload is Readable {
  return typeof payload === 'object' && payload !== null && 'pipe' in payload
}
