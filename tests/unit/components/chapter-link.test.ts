/** Links between chapters. */
import { expect, test } from 'vitest'
import { chapterLink } from '../../../src/components/chapter-link.ts'

test('a chapter is linked by its title, and a heading of it by its words', async () => {
  expect(await chapterLink({ id: 'create-a-pod' }, 'here')).toEqual({ path: 'create-a-pod/', title: 'Create a Pod' })
  expect(await chapterLink({ id: 'create-a-pod', heading: 'Why kubectl hangs' }, 'here')).toEqual({
    path: 'create-a-pod/#why-kubectl-hangs',
    title: 'Why kubectl hangs',
  })
})

test('a chapter or a heading that is not there is an error that lists those that are', async () => {
  await expect(chapterLink({ id: 'created' }, 'content/etcd/index.mdx')).rejects.toThrow(/There is no chapter "created".*create-a-pod/s)
  await expect(chapterLink({ id: 'create-a-pod', heading: 'Why it hangs' }, 'content/etcd/index.mdx')).rejects.toThrow(
    /no heading "Why it hangs".*Why kubectl hangs/s,
  )
})
