/** Asks Go's own parser for the functions of a package, named as Delve names them. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { runChild } from '../pins/child.ts'
import { findGo } from '../pins/go.ts'
import { goFailure } from '../pins/go-failure.ts'

/** Folder of the helper program. `go run` keeps what it built in Go's own cache: some seconds the first time, 0.1 s from then on. */
const HELPER = resolve('src/source/functions')

/** A function, method or closure: `createHandler.func1`, `(*store).Create`, `Map[...]`. Lines count from 1. */
const FunctionLines = z.strictObject({
  name: z.string(),
  /** The line of the keyword `func`, and that of the closing brace. */
  from: z.int(),
  to: z.int(),
  /** Lines where a statement of this very function begins, its entry and its return with them: Delve halts at these. */
  statements: z.array(z.int()),
})
export type FunctionLines = z.infer<typeof FunctionLines>

const FileFunctions = z.strictObject({ path: z.string(), package: z.string(), functions: z.array(FunctionLines) })
/** The functions of one file, in the order of their first lines. `package` is the name in its package clause. */
export type FileFunctions = z.infer<typeof FileFunctions>

const asked = new Map<string, Promise<ReadonlyMap<string, FileFunctions>>>()

/**
 * The functions of each file of a package, by path. `paths` are all its compiled files: closures outside functions are numbered
 * through the package. Asked once per process and package. Throws PinsError when Go is missing or a file does not parse.
 */
export async function functionsOf(paths: readonly string[]): Promise<ReadonlyMap<string, FileFunctions>> {
  const key = paths.join('\n')
  const answer = asked.get(key) ?? ask(paths)
  asked.set(key, answer)
  answer.catch(() => asked.delete(key))
  return await answer
}

async function ask(paths: readonly string[]): Promise<ReadonlyMap<string, FileFunctions>> {
  const { path: command, environment } = await findGo()
  const { code, stdout, said } = await runChild({ command, args: ['run', '.', ...paths], directory: HELPER, environment })
  if (code !== 0) throw goFailure(`read the functions of ${paths.join(' ')}`, said)
  const files = z.array(FileFunctions).parse(JSON.parse(stdout))
  return new Map(files.map((file) => [file.path, file]))
}

/** A function's name without what stands in brackets: `Map[...]`, `Map[go.shape.int]` and `Map` are one. */
export function withoutTypeArguments(name: string): string {
  let depth = 0
  let bare = ''
  for (const character of name) {
    if (character === '[') depth++
    if (depth === 0) bare += character
    if (character === ']') depth--
  }
  return bare
}
