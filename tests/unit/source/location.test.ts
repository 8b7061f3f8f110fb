/** Locations for Delve's `break`: short, and never of two files. */
import { expect, test } from 'vitest'
import { sharedEnds, shortestSuffix } from '../../../src/source/location.ts'

test('a file is named by its folder when that is enough', async () => {
  expect(await shortestSuffix('k8s.io/apiserver@v0.36.3/pkg/endpoints/handlers/create.go')).toBe('handlers/create.go')
})

test('more folders are named where two are not enough, never a version', async () => {
  expect(await shortestSuffix('k8s.io/api@v0.36.3/core/v1/register.go')).toBe('api/core/v1/register.go')
})

test('a file of the toolchain is found below its source tree', async () => {
  expect(await shortestSuffix('errors/errors.go')).toBe('src/errors/errors.go')
})

test('a file whose path is the end of others has no location', async () => {
  expect(await shortestSuffix('k8s.io/kubernetes@v1.36.3/pkg/features/kube_features.go')).toBeNull()
})

test('the ends that several files share are told apart from those that are enough', async () => {
  const shared = await sharedEnds()
  expect(shared).toContain('v1/types.go')
  expect(shared).toContain('features/kube_features.go')
  expect(shared).not.toContain('handlers/create.go')
})
