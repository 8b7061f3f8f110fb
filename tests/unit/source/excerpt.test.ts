/** Excerpts of the real pins: cut where asked, with their origin, and with what was changed. */
import { expect, test } from 'vitest'
import { changes } from '../../../src/pins/patch.ts'
import { excerpt } from '../../../src/source/excerpt.ts'

const HANDLER = {
  module: 'k8s.io/apiserver',
  file: 'pkg/endpoints/handlers/create.go',
  function: 'createHandler.func1',
  where: 'content/one/index.mdx:5',
}

test('a function is cut whole, and says where it comes from', async () => {
  const found = await excerpt(HANDLER)
  expect(found.lines[0]).toContain('func(w http.ResponseWriter')
  expect(found.lines.at(-1)?.trim()).toBe('}')
  expect(found.lines).toEqual(found.whole.slice(found.from - 1, found.to))
  expect(found).toMatchObject({
    origin: { module: 'k8s.io/apiserver', version: 'v0.36.3', path: HANDLER.file },
    licence: { name: 'Apache 2.0', copyright: 'Copyright 2017 The Kubernetes Authors.' },
    changed: [],
  })
})

test('a part is cut from line to line', async () => {
  const { lines } = await excerpt({
    ...HANDLER,
    first: 'requestFunc := func()',
    last: 'dedupOwnerReferencesAndAddWarning(obj, req.Context(), false)',
  })
  expect(lines).toHaveLength(11)
})

test('a part that would end before it begins is refused', async () => {
  const upside = { ...HANDLER, first: 'dedupOwnerReferencesAndAddWarning(obj, req.Context(), false)', last: 'requestFunc := func()' }
  await expect(excerpt(upside)).rejects.toThrow('before it begins')
})

test('a changed line is shown as it was compiled, with the release’s text and the reason', async () => {
  const change = changes.find(({ file }) => file.endsWith('resourcequota/controller.go'))
  const { changed, lines, from } = await excerpt({ ...HANDLER, file: String(change?.file), function: '(*quotaEvaluator).Evaluate' })
  expect(changed).toEqual([{ from: change?.from, to: change?.to, why: change?.why, line: changed[0]?.line }])
  expect(lines[(changed[0]?.line ?? 0) - from]).toContain(change?.to)
})

test('the standard library has its own licence', async () => {
  const { origin, licence } = await excerpt({ module: 'std', file: 'net/http/server.go', function: 'HandlerFunc.ServeHTTP', where: 'here' })
  expect(origin).toEqual({ module: 'Go standard library', version: 'go1.26.8', path: 'net/http/server.go' })
  expect(licence).toMatchObject({ name: 'BSD 3-Clause', copyright: expect.stringContaining('The Go Authors') })
})
