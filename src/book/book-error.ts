/** The one error for authors: what is wrong, where, and how to fix it. */
export class BookError extends Error {
  readonly where: string
  readonly fix: string
  /** `where` is `file:line` from the top of the project; `fix` is an imperative sentence. */
  constructor(what: string, where: string, fix: string, options?: ErrorOptions) {
    super(`${what}\n  at ${where}\n  fix: ${fix}`, options)
    this.name = 'BookError'
    this.where = where
    this.fix = fix
  }
}
