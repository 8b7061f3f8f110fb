/** How Astro builds the site: static files, MDX, nothing inlined that a strict script policy would refuse. */
import mdx from '@astrojs/mdx'
import { defineConfig } from 'astro/config'

/** Astro marks every MDX module with a directive that the bundler warns of (withastro/astro#18087); all other messages pass. */
function withoutDirectiveNoise(level, log, handle) {
  if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log)
}

/** Vite wraps every import() with a helper for preloading, also when there is nothing to preload. No such import here brings a style sheet of its own. */
const withoutPreloading = {
  name: 'without-preloading',
  enforce: 'pre',
  apply: 'build',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load()' : null),
}

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
    build: {
      // No script or image is inlined: the page's policy is `script-src 'self'`.
      assetsInlineLimit: 0,
      // Preloading is a third of what a chapter may load before anyone touches it. Without it a later part waits one round trip longer.
      modulePreload: false,
      rolldownOptions: { onLog: withoutDirectiveNoise },
    },
  },
})
