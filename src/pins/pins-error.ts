/** The one error of this room: what is wrong with the toolchain, the modules or the build, and what to do about it. */

/** `message` says what happened and where; `fix` is a sentence or a command for the person at the terminal. */
export class PinsError extends Error {
  readonly fix: string
  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'PinsError'
    this.fix = fix
  }
}
