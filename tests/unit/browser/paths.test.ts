/** Paths of the debug information, as the reader's terminals and the page show them. */
import { expect, test } from 'vitest'
import { bareFunction, baseName, shortFunction, terminalPath, unversioned } from '../../../src/browser/paths.ts'

const substitute = [
  ['k8s.io/apiserver@v0.36.3', 'staging/src/k8s.io/apiserver'],
  ['k8s.io/kubernetes@v1.36.3/pkg', 'pkg'],
  ['', 'go/src'],
] as const

test('the first rule whose folder the file is in turns the path into the terminal’s', () => {
  expect(terminalPath('k8s.io/apiserver@v0.36.3/pkg/a.go', substitute)).toBe('staging/src/k8s.io/apiserver/pkg/a.go')
  expect(terminalPath('k8s.io/kubernetes@v1.36.3/pkg/a.go', substitute)).toBe('pkg/a.go')
})

test('a rule for a folder does not take a folder whose name only begins so', () => {
  expect(terminalPath('k8s.io/apiserver@v0.36.31/a.go', substitute.slice(0, 2))).toBe('k8s.io/apiserver@v0.36.31/a.go')
})

test('functions and files are named without their folders', () => {
  const name = 'k8s.io/apiserver/pkg/endpoints/handlers.createHandler.func1'
  expect(shortFunction(name)).toBe('handlers.createHandler.func1')
  expect(bareFunction(name)).toBe('createHandler.func1')
  expect(bareFunction('github.com/emicklei/go-restful/v3.(*Container).dispatch')).toBe('(*Container).dispatch')
  expect(shortFunction('k8s.io/a/pkg/b.(*C[go.shape.struct { D k8s.io/a/pkg/d.E "json:"k8s.io"" }]).F')).toBe('b.(*C[...]).F')
  expect(baseName('net/http/server.go')).toBe('server.go')
})

test('a file is the same in every version', () => {
  expect(unversioned('k8s.io/apiserver@v0.36.3/pkg/a.go')).toBe('k8s.io/apiserver/pkg/a.go')
  expect(unversioned('net/http/server.go')).toBe('net/http/server.go')
})
