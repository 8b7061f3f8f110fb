/** Asks Go which packages a program is made of, where their files lie, and which of them are not compiled yet. */
import { z } from 'zod'
import { runChild } from './child.ts'
import type { Go } from './go.ts'
import { goFailure } from './go-failure.ts'

const Module = z.object({ Path: z.string(), Version: z.string().optional(), Dir: z.string().optional() })

/** One package, in the words of `go list -json`. */
export const Package = z.object({
  ImportPath: z.string(),
  Name: z.string().default(''),
  Dir: z.string().default(''),
  Standard: z.boolean().default(false),
  Stale: z.boolean().default(false),
  GoFiles: z.array(z.string()).default([]),
  Module: Module.optional(),
})
export type Package = z.infer<typeof Package>

// Without EmbedFiles Go does not look for embedded files, and takes every package that has some, and all above them, for stale.
const FIELDS = 'ImportPath,Name,Dir,Standard,Stale,GoFiles,EmbedFiles,Module'
const FIELDS_WITHOUT_STALE = 'ImportPath,Name,Dir,Standard,GoFiles,Module'

export interface ListOptions {
  go: Go
  /** Folder of the `go.mod`. */
  directory: string
  packages: readonly string[]
  /** Flags of the build whose state is asked for; without them nothing is said of what is stale, which is faster. */
  buildFlags?: readonly string[]
  signal?: AbortSignal | undefined
  /** Called with the name of each module that is being downloaded: `k8s.io/api v0.36.3`. */
  onDownload?: ((module: string) => void) | undefined
}

/** The packages and all that they import, dependencies first. Downloads missing modules. Throws PinsError. */
export async function listPackages({ go, directory, packages, buildFlags, signal, onDownload }: ListOptions): Promise<Package[]> {
  const args = ['list', ...(buildFlags ?? []), '-deps', `-json=${buildFlags === undefined ? FIELDS_WITHOUT_STALE : FIELDS}`, ...packages]
  const { code, stdout, said } = await runChild({
    command: go.path,
    args,
    directory,
    environment: go.environment,
    signal,
    onLine: (line) => {
      const module = downloadOf(line)
      if (module !== null) onDownload?.(module)
    },
  })
  if (code !== 0) throw goFailure('list the packages of the pinned modules', said)
  return parseList(stdout)
}

/** The module in one of Go's `go: downloading …` lines, or null for any other line. */
export function downloadOf(line: string): string | null {
  return /^go: downloading (.+)$/.exec(line)?.[1] ?? null
}

/** Go prints one indented object after the other, not an array. */
function parseList(text: string): Package[] {
  return z.array(Package).parse(JSON.parse(`[${text.replaceAll(/^\}\n\{$/gm, '},{')}]`))
}
