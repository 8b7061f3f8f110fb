/** Colours of Go: class names of the book's tokens, right in the middle of a file too. */
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { highlightGo, startGo } from '../../../src/browser/highlight.ts'
import { pinnedFile } from '../../../src/source/pinned-files.ts'

const coloured = async (...lines: string[]) => await highlightGo(lines)

test('keywords, types, functions, strings, constants and comments have classes; names are plain', async () => {
  expect(await coloured('func run(req *http.Request) error { // go')).toEqual([
    '<span class="k">func</span> <span class="f">run</span>(req *http.<span class="t">Request</span>) <span class="t">error</span> { <span class="c">// go</span>',
  ])
  expect(await coloured('if count > 0x1F || ok == true { print("a\\n") }')).toEqual([
    '<span class="k">if</span> count &gt; <span class="n">0x1F</span> || ok == <span class="n">true</span> { <span class="f">print</span>(<span class="s">"a\\n"</span>) }',
  ])
})

test('what HTML would take for itself is escaped', async () => {
  const [html] = await coloured('var x = a < b && c > d // <script>')
  expect(html).toContain('a &lt; b &amp;&amp; c &gt; d')
  expect(html).toContain('// &lt;script&gt;')
})

test('a raw string and a comment over many lines keep their colour on each', async () => {
  expect(await coloured('const q = `select', 'if true', '` + x', '/* if', 'return */ return')).toEqual([
    '<span class="k">const</span> q = <span class="s">`select</span>',
    '<span class="s">if true</span>',
    '<span class="s">`</span> + x',
    '<span class="c">/* if</span>',
    '<span class="c">return */</span> <span class="k">return</span>',
  ])
})

test('a file coloured in stretches looks like one coloured at once, and no text is lost', async () => {
  const { path } = await pinnedFile('k8s.io/apiserver', 'pkg/storage/etcd3/store.go', 'here')
  const lines = (await readFile(path, 'utf8')).split('\n')
  const whole = await highlightGo(lines)
  const stretches = startGo()
  const parts: string[] = []
  for (let at = 0; at < lines.length; at += 97) parts.push(...stretches.next(lines.slice(at, at + 97)))
  expect(parts).toEqual(whole)
  expect(whole.map(textOf)).toEqual(lines)
})

test('a comment with braces between fields of a struct does not take for ever', async () => {
  const comment = '\t// lines go through counter{file}, and whatever comes out of it is written to the end of the file as it was.'
  const html = await coloured('type log struct {', comment, '\tlines counter', '}')
  expect(html[1]).toBe(`\t<span class="c">${comment.trim()}</span>`)
}, 5_000)

test('a line of half a million characters stays plain, and the next is coloured', async () => {
  const table = `var table = [...]byte{${'0x01, '.repeat(90_000)}}`
  expect(await coloured(table, 'return')).toEqual([table, '<span class="k">return</span>'])
}, 5_000)

function textOf(html: string): string {
  return html
    .replace(/<\/?span[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
