/** The table of regular expressions that the built site has in the place of a translator. */
import { readFile } from 'node:fs/promises'
import { createHighlighterCoreSync } from 'shiki/core'
import { createJavaScriptRawEngine, JavaScriptScanner } from 'shiki/engine/javascript'
import { expect, test } from 'vitest'
import { goGrammar } from '../../src/browser/go-grammar.ts'
import { translations } from '../../src/site-regexes.ts'
import { pinnedFile } from '../../src/source/pinned-files.ts'

test('whatever the grammar asks for on real files is in it', async () => {
  const table = translations()
  const asked = new Set<string>()
  const regexConstructor = (pattern: string) => {
    asked.add(pattern)
    const [source, flags, emulation] = table.get(pattern) ?? []
    if (source === undefined) throw new Error(`No translation: ${pattern}`)
    return emulation ? /\uFFFF/dg : new RegExp(source, flags)
  }
  const engine = {
    createScanner: (patterns: (string | RegExp)[]) => new JavaScriptScanner(patterns, { cache: new Map(), regexConstructor }),
    createString: createJavaScriptRawEngine().createString,
  }
  const highlighter = createHighlighterCoreSync({ themes: [{ name: 'bare', settings: [] }], langs: [goGrammar()], engine })
  for (const [module, inside] of [
    ['k8s.io/apiserver', 'pkg/storage/etcd3/store.go'],
    ['k8s.io/api', 'core/v1/types.go'],
  ] as const) {
    const { path } = await pinnedFile(module, inside, 'here')
    highlighter.codeToTokensBase(await readFile(path, 'utf8'), { lang: 'go', theme: 'bare', tokenizeTimeLimit: 0 })
  }
  expect(asked.size).toBeGreaterThan(80)
})
