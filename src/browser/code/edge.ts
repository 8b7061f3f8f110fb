/** Words for what lies beyond the set of files that the index knows. */

/** Where a folder of the debug information belongs: `package websocket of golang.org/x/net v0.49.0`. */
export function packageWords(folder: string): string {
  if (folder === 'builtin') return 'the language itself'
  const { module, version, inside = '' } = /^(?<module>[^@]+)@(?<version>[^/]+)(?<inside>\/.+)?$/.exec(folder)?.groups ?? {}
  return module === undefined ? `package ${folder} of the standard library` : `package ${module}${inside}, version ${version}`
}

/** The import path of a folder. */
export function importPath(folder: string): string {
  return folder.replace(/@[^/]+/, '')
}

/** Where the Go project shows the documentation of a package, at this very version. */
export function documentation(folder: string, name: string | null): string {
  const [path, anchor] = [folder.replace(/^vendor\//, ''), name === null ? '' : `#${name}`]
  return `https://pkg.go.dev/${path}${anchor}`
}
