/** Every file with a page leads to where its authors publish it. */
import { expect, test } from 'vitest'
import { hasPage, moduleFile } from '../../../../src/source/address.ts'
import { originLink } from '../../../../src/source/page/origin-link.ts'
import { pinnedFiles } from '../../../../src/source/pinned-files.ts'

test.each([
  [
    'k8s.io/apiserver@v0.36.3/pkg/server/config.go',
    'https://github.com/kubernetes/kubernetes/blob/v1.36.3/staging/src/k8s.io/apiserver/pkg/server/config.go',
  ],
  ['k8s.io/kubernetes@v1.36.3/pkg/controlplane/instance.go', 'https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/controlplane/instance.go'],
  ['k8s.io/klog/v2@v2.140.0/klog.go', 'https://github.com/kubernetes/klog/blob/v2.140.0/klog.go'],
  ['k8s.io/utils@v0.0.0-20260101000000-0123456789ab/ptr/ptr.go', 'https://github.com/kubernetes/utils/blob/0123456789ab/ptr/ptr.go'],
  ['go.etcd.io/etcd/client/pkg/v3@v3.6.8/types/id.go', 'https://github.com/etcd-io/etcd/blob/v3.6.8/client/pkg/types/id.go'],
  ['net/http/server.go', 'https://github.com/golang/go/blob/go1.26.8/src/net/http/server.go'],
  ['golang.org/x/net@v0.50.0/http2/server.go', 'https://github.com/golang/net/blob/v0.50.0/http2/server.go'],
])('%s', (file, link) => {
  expect(originLink(moduleFile(file))).toBe(link)
})

test('the repository of every module that has pages is known', async () => {
  const files = (await pinnedFiles()).filter(hasPage)
  for (const file of files) expect(originLink(file)).toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w-]+\/blob\/[\w.-]+\/.+\.go$/)
})
