/** Headers that every answer of the relay carries, so that a page runs nothing but this site's own files. */

/** What a page may load. Styles may be inline: xterm.js injects style elements, and places on a scrubber are style attributes. */
const CONTENT_SECURITY_POLICY = [
  `default-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data:`,
  `object-src 'none'`,
  `base-uri 'none'`,
  `form-action 'self'`,
  `frame-ancestors 'none'`,
].join('; ')

/** The one script that runs WebAssembly: the worker that searches the book's prose. It may do nothing else. */
export const WASM_WORKER = /[\\/]pagefind[\\/]pagefind-worker\.js$/
export const WASM_POLICY = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'`

export const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  // Other sites may not load files of this relay into their pages, not even to measure them.
  'cross-origin-resource-policy': 'same-origin',
} as const
