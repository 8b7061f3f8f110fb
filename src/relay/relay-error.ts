/** The relay could not do what it was started for: what happened, and what to do about it. */
export class RelayError extends Error {
  readonly fix: string
  constructor(message: string, fix: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'RelayError'
    this.fix = fix
  }
}

/** Says why nothing can listen on an address, from the error of the operating system. */
export function whyNotListening(cause: unknown, { host, port }: { host: string; port: number }): RelayError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const at = `${host}:${port}`
  switch (code) {
    case 'EADDRINUSE':
      return new RelayError(
        `Port ${port} of ${host} is taken by another program.`,
        `Stop that program, or choose another port: npm start -- --port ${port + 1}`,
        { cause },
      )
    case 'EACCES':
      return new RelayError(`Port ${port} may not be opened by this user.`, 'Choose a port above 1023: npm start -- --port 8080', { cause })
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new RelayError(`This machine has no address ${host}.`, 'Choose one it has: npm start -- --host 127.0.0.1', { cause })
    default:
      return new RelayError(
        `Nothing can listen on ${at}: ${cause instanceof Error ? cause.message : cause}`,
        'Choose another address with --host and --port.',
        { cause },
      )
  }
}
