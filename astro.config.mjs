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

/** Small modules that most pages load, in one file: a script is used only once all that it imports is there. */
const BASE =
  /src[\\/](browser[\\/](element|paths|status|highlight-in-page|source-file|last-used|stop-here|remembered-session|source-page[\\/]links)|source[\\/](address|near|page[\\/]text))\.ts$|preload-helper/

export default defineConfig({
  integrations: [mdx()],
  trailingSlash: 'ignore',
  // One stylesheet file per page kind, so that it is cached between pages.
  build: { inlineStylesheets: 'never' },
  // Code is highlighted by `src/browser/highlight.ts`, with the class names of the book's tokens.
  markdown: { syntaxHighlight: false },
  devToolbar: { enabled: false },
  vite: {
    plugins: [withoutPreloading],
    worker: { plugins: () => [translatedRegexes()] },
    environments: {
      client: { build: { rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'base', test: BASE }] } } } } },
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
