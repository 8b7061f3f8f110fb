/** Searches that are given the same functions and the same questions: ours, uFuzzy, fuzzysort, and Pagefind with a record for each function. */
import { mkdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
// Compared with: the two fuzzy matchers that are small, quick and kept up.
import uFuzzy from '@leeoniya/ufuzzy'
import type { Browser } from '@playwright/test'
import fuzzysort from 'fuzzysort'
import { close, createIndex } from 'pagefind'
import { ownName } from '../../src/browser/search/actions.ts'
import { findFunctions } from '../../src/browser/search/find.ts'
import { type FoundFunction, FunctionTable } from '../../src/browser/search/function-table.ts'
import { isAnswer, type Question } from '../support/search-questions.ts'

export interface Peer {
  name: string
  /** Whether the answer is among the first hits. */
  answers(question: Question): boolean | Promise<boolean>
  /** Milliseconds to find the first hits of a text. */
  time(text: string): number | Promise<number>
  /** Bytes of what the page has to load first, with gzip. */
  bytes: number
  /** Milliseconds from those bytes, parsed, to the first query; for Pagefind, to make the index. */
  ready: number
  close(): Promise<void>
}

export interface PeerOptions {
  site: string
  browser: Browser
  /** An empty folder. */
  folder: string
}

const nothing = async () => {}
/** Records that Pagefind is given at once. */
const AT_ONCE = 500

/** Ours, and what is loaded later. */
export async function ours(site: string): Promise<Peer & { later: number }> {
  const [core, rest] = await Promise.all(['core', 'rest'].map((part) => readFile(join(site, `source/functions/${part}.json`), 'utf8')))
  const [parsed, generated] = [JSON.parse(core ?? ''), JSON.parse(rest ?? '')]
  const began = performance.now()
  const table = new FunctionTable()
  await table.add(parsed, false)
  const ready = performance.now() - began
  await table.add(generated, true)
  return {
    name: 'ours',
    answers: (question) => findFunctions(table, question.ask, question.of).hits.some(({ place }) => isAnswer(question, table.at(place))),
    time: (text) => timed(() => findFunctions(table, text, 30)),
    bytes: gzipSync(core ?? '').length,
    later: gzipSync(rest ?? '').length,
    ready,
    close: nothing,
  }
}

/** All functions of the site. */
async function all(site: string): Promise<FoundFunction[]> {
  const table = new FunctionTable()
  for (const part of ['core', 'rest']) {
    await table.add(JSON.parse(await readFile(join(site, `source/functions/${part}.json`), 'utf8')), part === 'rest')
  }
  return Array.from({ length: table.size }, (_, place) => table.at(place))
}

/** What a matcher of lines is given: package, file and name, as one would print a function. */
function line(found: FoundFunction): string {
  return `${found.package}/${found.inside.slice(found.inside.lastIndexOf('/') + 1)} ${ownName(found)}`
}

/** uFuzzy with its own ranking, one mistake and any order of words allowed. */
export async function ufuzzyPeer({ site }: PeerOptions): Promise<Peer> {
  const functions = await all(site)
  const began = performance.now()
  const lines = functions.map(line)
  const fuzzy = new uFuzzy({ intraMode: 1 })
  const ready = performance.now() - began
  const find = (text: string): number[] => {
    const [found, info, order] = fuzzy.search(lines, text, 3, 10_000)
    if (!found) return []
    return info && order ? order.slice(0, 30).map((at) => info.idx[at] ?? 0) : found.slice(0, 30)
  }
  return {
    name: 'uFuzzy 1.0.19',
    answers: (question) => answered(find(question.ask), functions, question),
    time: (text) => timed(() => find(text)),
    bytes: gzipSync(lines.join('\n')).length,
    ready,
    close: nothing,
  }
}

/** fuzzysort with its own ranking, by name and by line. */
export async function fuzzysortPeer({ site }: PeerOptions): Promise<Peer> {
  const functions = await all(site)
  const began = performance.now()
  const entries = functions.map((found, at) => ({ at, name: ownName(found), line: line(found) }))
  const targets = fuzzysort.snapshot(entries, { keys: ['name', 'line'] })
  const ready = performance.now() - began
  const find = (text: string): number[] => fuzzysort.go(text, targets, { limit: 30, threshold: 0.2 }).map(({ obj }) => obj.at)
  return {
    name: 'fuzzysort 4.0.2',
    answers: (question) => answered(find(question.ask), functions, question),
    time: (text) => timed(() => find(text)),
    bytes: gzipSync(entries.map(({ line }) => line).join('\n')).length,
    ready,
    close: nothing,
  }
}

function answered(found: readonly number[], functions: readonly FoundFunction[], question: Question): boolean {
  return found.slice(0, question.of).some((at) => {
    const one = functions[at]
    return one !== undefined && isAnswer(question, one)
  })
}

/** Pagefind with a record for each function, in its own page, since it runs nowhere else. */
export async function pagefindPeer({ site, browser, folder }: PeerOptions): Promise<Peer> {
  const functions = await all(site)
  const began = performance.now()
  const { index } = await createIndex({ maxFragments: 200 })
  if (!index) throw new Error('Pagefind made no index.')
  for (let from = 0; from < functions.length; from += AT_ONCE) {
    await Promise.all(
      // With its path in words, which finds most.
      functions.slice(from, from + AT_ONCE).map((found, at) => {
        const title = ownName(found)
        return index.addCustomRecord({ url: `/${from + at}`, content: `${title} ${line(found)}`, language: 'en', meta: { title } })
      }),
    )
  }
  await mkdir(folder, { recursive: true })
  await index.writeFiles({ outputPath: join(folder, 'pagefind') })
  await close()
  const ready = performance.now() - began
  const server = createServer(async ({ url = '/' }, answer) => {
    const file = await readFile(join(folder, url.split('?')[0] ?? '')).catch(() => null)
    answer.setHeader('content-type', url.endsWith('.js') ? 'text/javascript' : 'text/html')
    answer.end(file ?? '<!doctype html><html lang="en">')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = (server.address() as { port: number }).port
  const page = await browser.newPage()
  let bytes = 0
  page.on('response', async (response) => {
    bytes += (await response.body().catch(() => Buffer.alloc(0))).length
  })
  await page.goto(`http://127.0.0.1:${port}/`)
  const find = (text: string) =>
    page.evaluate(async (text) => {
      const address = '/pagefind/pagefind.js'
      const pagefind = await import(address)
      const began = performance.now()
      const { results } = await pagefind.search(text)
      const urls: string[] = (
        await Promise.all(results.slice(0, 5).map((result: { data(): Promise<{ raw_url?: string; url: string }> }) => result.data()))
      ).map(({ raw_url: raw, url }) => raw ?? url)
      return { took: performance.now() - began, found: urls.map((url) => Number(/\d+/.exec(url)?.[0])) }
    }, text)
  await find('GuaranteedUpdate')
  const first = bytes
  return {
    name: 'Pagefind 1.6.0',
    answers: async (question) => answered((await find(question.ask)).found, functions, question),
    time: async (text) => (await find(text)).took,
    bytes: first,
    ready,
    close: async () => {
      await page.close()
      server.close()
    },
  }
}

function timed(run: () => unknown): number {
  const began = performance.now()
  run()
  return performance.now() - began
}
