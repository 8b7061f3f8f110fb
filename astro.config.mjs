/** How Astro builds the site: static files, MDX, nothing inlined that a strict script policy would refuse. */
import mdx from '@astrojs/mdx'
import { defineConfig } from 'astro/config'

/** Astro marks every MDX module with a directive that the bundler warns of (withastro/astro#18087); all other messages pass. */
function withoutDirectiveNoise(level, log, handle) {
  if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log)
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
    build: {
      // No script or image is inlined: the page's policy is `script-src 'self'`.
      assetsInlineLimit: 0,
      // Its helper is a third of what a chapter may load before anyone touches it; without it a later part waits one round trip longer.
      modulePreload: false,
      rolldownOptions: { onLog: withoutDirectiveNoise },
    },
  },
})
