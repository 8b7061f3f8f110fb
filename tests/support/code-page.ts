/** A page that shows one file as the source pane does, with the code index attached: the modules of the page as they are, without a build. */
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { textElement } from '../../src/source/page/text.ts'

/** Where the page is said to be; every request goes through the test. */
export const CODE_SITE = 'http://site.test/'

const STYLES = ['tokens', 'base', 'source', 'file', 'file-lines', 'file-outline', 'file-windows', 'popover']
  .map((name) => `<link rel="stylesheet" href="/src/styles/${name}.css">`)
  .join('')

export interface CodePageOptions {
  /** Folder with the shards; null for a site that has no index yet. */
  folder: string | null
  /** Files by name. */
  paths: ReadonlyMap<string, string>
  /** The file that is shown. */
  file: string
}

/** Opens it. The page keeps where it would have gone in `document.body.dataset.went`. */
export async function openCodePage(page: Page, { folder, paths, file }: CodePageOptions): Promise<void> {
  await page.route(`${CODE_SITE}**`, async (route) => {
    const path = decodeURIComponent(new URL(route.request().url()).pathname)
    const answer = await answerTo(path, folder, paths)
    if (answer === null) return await route.fulfill({ status: 404, body: '' })
    const contentType = path.endsWith('.css') ? 'text/css' : path.endsWith('.ts') ? 'text/javascript' : path === '/' ? 'text/html' : 'text/plain'
    return await route.fulfill({ body: answer, contentType: `${contentType}; charset=utf-8` })
  })
  const lines = (await readFile(paths.get(file) ?? '', 'utf8')).replace(/\n$/, '').split('\n')
  const script = `
    import { attachCode } from '/src/browser/code/attach.ts'
    import { CodeIndex } from '/src/browser/code/code-index.ts'
    import { codeLines } from '/src/browser/source-page/code-lines.ts'
    import { FileText } from '/src/browser/source-page/file-text.ts'
    import { Gutter } from '/src/browser/source-page/gutter.ts'
    const textOf = async (file) => (await (await fetch('/text/' + file)).text()).replace(/\\n$/, '').split('\\n')
    const index = new CodeIndex({ site: '/', textOf })
    const sheet = document.querySelector('.sheet')
    const text = new FileText(document.querySelector('#text'))
    const gutter = new Gutter({ text, look: (line) => ({ classes: [], label: String(line), pressed: null }), press: () => {} })
    sheet.prepend(gutter.root)
    for (const part of text.parts) gutter.show(part)
    attachCode(codeLines(sheet, text, gutter), { file: ${JSON.stringify(file)}, index, go: (address) => { document.body.dataset.went = address } })
    document.body.dataset.ready = ''`
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto(CODE_SITE)
  await page.evaluate((html) => document.querySelector('.sheet')?.insertAdjacentHTML('beforeend', html), textElement(lines))
  await page.evaluate((text) => document.head.append(Object.assign(document.createElement('script'), { type: 'module', textContent: text })), script)
  await page.locator('body[data-ready]').waitFor()
}

async function answerTo(path: string, folder: string | null, paths: ReadonlyMap<string, string>): Promise<string | null> {
  if (path === '/')
    return `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">${STYLES}<body><main class="file"><aside></aside><div class="whole"><div class="code"><div class="sheet"></div></div></div></main>`
  if (path.startsWith('/src/')) {
    const text = await readFile(resolve(path.slice(1)), 'utf8')
    return path.endsWith('.ts') ? stripTypeScriptTypes(text) : text
  }
  if (path.startsWith('/text/')) return await readFile(paths.get(path.slice('/text/'.length)) ?? '', 'utf8')
  if (!path.startsWith('/source/code/') || folder === null) return null
  const name = path.replace('/source/code/', '').replace(/^shards\//, '')
  const text = await readFile(join(folder, name), 'utf8').catch(() => null)
  return text !== null && name === 'index.json' ? JSON.stringify({ folder: 'shards', ...JSON.parse(text) }) : text
}
