/** Every Go file that is compiled into kube-apiserver, as the debug information names it and where it lies. */
import { join } from 'node:path'
import { apiServerPackages, type ModulesOptions } from './modules.ts'
import type { Package } from './packages.ts'

/** `file` is `k8s.io/apiserver@v0.36.3/pkg/…`, or `net/http/server.go` for the toolchain; `path` is absolute. */
export interface CompiledFile {
  file: string
  path: string
}

/** All compiled files of the pristine modules, sorted by `file`. Downloads missing modules. Throws PinsError. */
export async function compiledFiles(options: ModulesOptions = {}): Promise<CompiledFile[]> {
  const packages = await apiServerPackages(options)
  return packages.flatMap(filesOf).sort((one, other) => (one.file < other.file ? -1 : 1))
}

/** The compiled files of one package; `unsafe` has none. */
export function filesOf({ ImportPath, Dir, Module, Standard, GoFiles }: Package): CompiledFile[] {
  const folder = folderOf({ ImportPath, Module, Standard })
  return ImportPath === 'unsafe' ? [] : GoFiles.map((name) => ({ file: `${folder}/${name}`, path: join(Dir, name) }))
}

/** What `-trimpath` writes for a package's folder: the import path, with the version after the module's part of it. */
function folderOf({ ImportPath, Module, Standard }: Pick<Package, 'ImportPath' | 'Module' | 'Standard'>): string {
  if (Standard || Module?.Version === undefined) return ImportPath
  return `${Module.Path}@${Module.Version}${ImportPath.slice(Module.Path.length)}`
}
