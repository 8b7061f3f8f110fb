/** What an excerpt of the book shows: its lines without their common indentation, the stops among them, and errors that lead to the text. */
import { expect, test } from 'vitest'
import { cut } from '../../../../src/components/excerpt/cut.ts'

const HANDLER = { module: 'k8s.io/apiserver', file: 'pkg/endpoints/handlers/create.go', function: 'createHandler.func1' }

test('lines keep their numbers and lose the indentation they share', async () => {
  const { shown, from, to } = await cut(
    { ...HANDLER, first: 'requestFunc := func()', last: 'dedupOwnerReferencesAndAddWarning(obj, req.Context(), false)' },
    'create-a-pod',
  )
  expect(shown.map(({ line }) => line)).toEqual(Array.from({ length: to - from + 1 }, (_, at) => from + at))
  expect(shown[0]?.html).toMatch(/^requestFunc := <span class="k">func<\/span>/)
  expect(shown[1]?.html).toMatch(/^\t<span class="k">return<\/span>/)
})

test('the stops of the chapter are marked on their lines, and those of other chapters are not', async () => {
  const { shown } = await cut(HANDLER, 'create-a-pod')
  const marked = shown.filter(({ stops }) => stops.includes('create'))
  expect(marked.map(({ html }) => html)).toEqual([expect.stringContaining('admissionAttributes := admission.')])
  expect((await cut(HANDLER, 'etcd')).shown.flatMap(({ stops }) => stops)).toEqual([])
})

test('a changed line is marked', async () => {
  const { shown } = await cut(
    { ...HANDLER, file: 'pkg/admission/plugin/resourcequota/controller.go', function: '(*quotaEvaluator).Evaluate' },
    'create-a-pod',
  )
  expect(shown.filter(({ changed }) => changed !== null).map(({ changed }) => changed?.to)).toEqual(['time.After(24 * time.Hour)'])
})

test('an excerpt that leads nowhere is refused with the text it stands in', async () => {
  await expect(cut({ ...HANDLER, function: 'createHandler.func7' }, 'create-a-pod')).rejects.toThrow('content/create-a-pod/index.mdx')
})
