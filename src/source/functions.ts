/** Asks Go's own parser for the functions and types of packages, functions named as Delve names them. */
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

/** A type declared outside functions, and the methods that an interface names itself. */
const TypeLines = z.strictObject({
  name: z.string(),
  kind: z.enum(['interface', 'struct', 'alias', 'type']),
  /** First and last line, without the comment above. */
  from: z.int(),
  to: z.int(),
  methods: z.array(z.strictObject({ name: z.string(), line: z.int() })),
})
export type TypeLines = z.infer<typeof TypeLines>

const FileFunctions = z.strictObject({
  path: z.string(),
  package: z.string(),
  /** It says so of itself, by the rule of https://go.dev/s/generatedcode. */
  generated: z.boolean(),
  functions: z.array(FunctionLines),
  types: z.array(TypeLines),
})
/** The functions and types of one file, in the order of their first lines. `package` is the name in its package clause. */
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
  return byPath(JSON.parse(stdout))
}

/**
 * The functions and types of many packages at once, by the files' paths: each entry of `packages` has all compiled files of one.
 * Some seconds for all of kube-apiserver. Throws PinsError when Go is missing or a file does not parse.
 */
export async function functionsOfAll(packages: readonly (readonly string[])[], signal?: AbortSignal): Promise<ReadonlyMap<string, FileFunctions>> {
  const { path: command, environment } = await findGo()
  const input = packages.map((paths) => `${JSON.stringify(paths)}\n`).join('')
  const { code, stdout, said } = await runChild({ command, args: ['run', '.'], directory: HELPER, environment, input, signal })
  if (code !== 0) throw goFailure('read the functions of the pinned modules', said)
  return byPath(JSON.parse(`[${stdout.trimEnd().replaceAll('\n', ',')}]`).flat())
}

function byPath(answer: unknown): Map<string, FileFunctions> {
  return new Map(
    z
      .array(FileFunctions)
      .parse(answer)
      .map((file) => [file.path, file]),
  )
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
