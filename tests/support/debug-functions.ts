/** Reads what functions a Go program has from its debug information, which is where Delve has its names from. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { runChild } from '../../src/pins/child.ts'
import { findGo } from '../../src/pins/go.ts'

const DebugFunction = z.strictObject({ name: z.string(), file: z.string(), line: z.int() })
export type DebugFunction = z.infer<typeof DebugFunction>

/** The compiler's own wrappers: no source has them. */
const WRAPPER = /\.(?:deferwrap|gowrap)\d+$|-fm$|\.map\.init\.\d+$|^main\.init$/

/** Functions of `program` whose files' names begin with `prefix`, without those that only the compiler knows. */
export async function debugFunctions(program: string, prefix: string): Promise<DebugFunction[]> {
  const { path: command, environment } = await findGo(process.env)
  const { code, stdout, said } = await runChild({
    command,
    args: ['run', '.', program, prefix],
    directory: resolve('tests/fixtures/debug-functions'),
    environment,
  })
  if (code !== 0) throw new Error(said.join('\n'))
  const functions = stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => DebugFunction.parse(JSON.parse(line)))
  return functions.filter(({ name }) => !WRAPPER.test(name))
}
