/** How Astro builds the site: static files, MDX, nothing inlined that a strict script policy would refuse. */
import mdx from '@astrojs/mdx'
import { defineConfig } from 'astro/config'
import { translatedRegexes } from './src/site-regexes.ts'

/** Astro marks every MDX module with a directive that the bundler warns of (withastro/astro#18087); all other messages pass. */
function withoutDirectiveNoise(level, log, handle) {
  if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log)
}

/**
 * Vite wraps every import() in a helper that preloads what it will need: a third of what a chapter may load before anyone touches it. Without it a
 * later part waits one round trip longer. No import() of this site brings a style sheet of its own, which would need the helper.
 */
const withoutPreloading = {
  name: 'without-preloading',
  enforce: 'pre',
  apply: 'build',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load()' : null),
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk') chunk.code = chunk.code.replace(/^const __vite__mapDeps=.*\n/, '').replaceAll(/,\s*__vite__mapDeps\([^)]*\)/g, '')
      }
    },
  },
}

/**
 * The box of search has 150 ms from the key to the first result. What it needs is asked for with it, instead of when it has come and says so: a round
 * trip less, or two.
 */
const searchAtOnce = {
  name: 'search-at-once',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const needed = (file, all = new Set()) => {
        if (all.has(file)) return all
        all.add(file)
        for (const next of bundle[file]?.imports ?? []) needed(next, all)
        return all
      }
      const withModule = (path) => Object.values(bundle).find(({ moduleIds }) => moduleIds?.some((id) => id.endsWith(path)))
      const box = withModule('/src/browser/search/box.ts')
      const chunk = withModule('/src/browser/search/open.ts')
      if (box && chunk) {
        const files = [...needed(box.fileName)].filter((file) => !needed(chunk.fileName).has(file))
        const imports = files.map((file) => `import(\`./${file.split('/').pop()}\`)`)
        const code = chunk.code.replace(imports[0], `Promise.all([${imports}]).then(([box])=>box)`)
        if (code === chunk.code) this.error(`${chunk.fileName} has no ${imports[0]}: the bundler writes it otherwise now.`)
        chunk.code = code
      }
    },
  },
}

/**
 * Small modules that many pages load, in two files, since a script is used only once all that it imports is there: what every chapter loads before
 * anyone touches it, where each byte counts, and the rest.
 */
const FIRST = /src[\\/]browser[\\/](status|remembered-session)\.ts$|preload-helper/
const BASE =
  /src[\\/](browser[\\/](element|paths|highlight-in-page|source-file|last-used|stop-here|source-page[\\/]links)|source[\\/](address|near|page[\\/]text))\.ts$/
const groups = [
  { name: 'first', test: FIRST, priority: 2 },
  { name: 'base', test: BASE, priority: 1 },
]

export default defineConfig({
  integrations: [mdx()],
  trailingSlash: 'ignore',
  // One stylesheet file per page kind, so that it is cached between pages.
  build: { inlineStylesheets: 'never' },
  // Code is highlighted by `src/browser/highlight.ts`, with the class names of the book's tokens.
  markdown: { syntaxHighlight: false },
  devToolbar: { enabled: false },
  vite: {
    plugins: [withoutPreloading, searchAtOnce],
    worker: { plugins: () => [translatedRegexes()] },
    environments: {
      client: { build: { rolldownOptions: { output: { codeSplitting: { groups } } } } },
    },
    build: {
      // No script or image is inlined: the page's policy is `script-src 'self'`.
      assetsInlineLimit: 0,
      // Preloading is a third of what a chapter may load before anyone touches it. Without it a later part waits one round trip longer.
      modulePreload: false,
      rolldownOptions: { onLog: withoutDirectiveNoise },
    },
  },
})
