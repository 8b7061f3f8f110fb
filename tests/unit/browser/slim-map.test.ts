/** Which stage of the request a halt belongs to. */
import { expect, test } from 'vitest'
import { stageOf } from '../../../src/browser/slim-map.ts'
import { stagePlaces } from '../../../src/components/live/stage-places.ts'

const place = (file: string) => ({ file, line: 1, function: 'f' })

test.each([
  ['k8s.io/apiserver@v0.36.3/pkg/endpoints/handlers/create.go', 'admission'],
  ['k8s.io/apiserver@v0.36.3/pkg/endpoints/handlers/responsewriters/writers.go', 'response'],
  ['k8s.io/apiserver@v0.36.3/pkg/endpoints/filters/authorization.go', 'authorization'],
  ['k8s.io/apiserver@v0.36.3/pkg/registry/generic/registry/store.go', 'registry'],
  ['k8s.io/apiserver@v0.36.3/pkg/storage/etcd3/store.go', 'etcd'],
  ['k8s.io/apiserver@v0.36.3/pkg/server/httplog/httplog.go', 'filters'],
  ['k8s.io/apiserver@v0.36.3/plugin/pkg/audit/log/backend.go', 'audit'],
  ['net/http/server.go', 'connection'],
  ['net/http/pprof/pprof.go', 'routing'],
])('%s is in the stage %s', (file, stage) => {
  expect(stageOf(place(file), stagePlaces)).toBe(stage)
})

test('a place off the request’s way has no stage', () => {
  expect(stageOf(place('runtime/proc.go'), stagePlaces)).toBeNull()
})
