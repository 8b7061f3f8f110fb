/** Knows how short the path of a file may be in a command, so that it fits into a narrow terminal. */

export class ShortPaths {
  readonly #address: string
  #shared: Promise<ReadonlySet<string>> | undefined

  /** `folder` is the address of the folder `source/files`, which has the list of ends that several files share. */
  constructor(folder: string) {
    this.#address = `${folder.replace(/\/?$/, '/')}shared-ends.json`
  }

  /** `handlers/create.go` where that is enough; else `path`, also when the list cannot be had. */
  async of(path: string): Promise<string> {
    const end = path.split('/').slice(-2).join('/')
    this.#shared ??= fetchShared(this.#address)
    try {
      return (await this.#shared).has(end) ? path : end
    } catch {
      this.#shared = undefined
      return path
    }
  }
}

async function fetchShared(address: string): Promise<ReadonlySet<string>> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`The site answered ${answer.status}.`)
  return new Set((await answer.json()) as string[])
}
