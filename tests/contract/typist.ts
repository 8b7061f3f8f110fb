/** Types into a sandbox's terminals and waits for what comes out; the shell's OSC 133 marks tell when a command has ended. */
import type { Program, Sandbox, Terminal } from '../../src/sandbox/sandbox.ts'

/** Marks and other escape sequences, left out of what a test compares. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
const ESCAPES = /\x1b\][^\x07]*\x07|\x1b\[[0-9;?]*[a-zA-Z]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
const ENDED = /\x1b\]133;C\x07([\s\S]*)\x1b\]133;D;(\d+)\x07[\s\S]*\x1b\]133;B\x07/
/** Longer than anything takes on a busy machine. */
const WAIT_MS = 90_000
/** Characters: more than what a test waits for. */
const TAIL = 16_384

export interface Typist {
  readonly terminal: Terminal
  /** Bytes received so far. */
  received(): number
  /** Resolves when this many bytes have come. */
  untilReceived(bytes: number): Promise<void>
  /** Acknowledges what has come and, from now on, what comes. */
  acknowledge(): void
  /** Resolves with what was said from the last typing on, without escape sequences, once `pattern` is in it. */
  until(pattern: RegExp): Promise<string>
  /** Types a line and Enter. */
  type(line: string): void
  /** Types a shell command and resolves when its prompt is back. */
  run(command: string): Promise<{ said: string; code: number }>
  /** Types a line to dlv and resolves when its prompt is back. */
  ask(line: string): Promise<string>
}

/** Opens a terminal and waits for its prompt. `acknowledges` false leaves the window to the test. */
export async function openTypist(sandbox: Sandbox, program: Program, options: { acknowledges?: boolean } = {}): Promise<Typist> {
  let { acknowledges = true } = options
  const decoder = new TextDecoder()
  let said = ''
  let received = 0
  let unacknowledged = 0
  let terminal: Terminal | undefined
  const checks = new Set<() => void>()

  function settle() {
    if (!acknowledges || !terminal || unacknowledged === 0) return
    terminal.acknowledge(unacknowledged)
    unacknowledged = 0
  }

  const opened = await sandbox.openTerminal({
    program,
    columns: 120,
    rows: 40,
    onOutput: (bytes) => {
      received += bytes.length
      unacknowledged += bytes.length
      said += decoder.decode(bytes, { stream: true })
      settle()
      for (const check of checks) check()
    },
  })
  terminal = opened
  settle()

  function when<T>(find: () => T | null, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        checks.delete(check)
        reject(new Error(`The ${program} did not say ${what} within ${WAIT_MS / 1000} s. It said: ${said.slice(-2000)}`))
      }, WAIT_MS)
      function check() {
        const found = find()
        if (found === null) return
        clearTimeout(timer)
        checks.delete(check)
        resolve(found)
      }
      checks.add(check)
      check()
    })
  }

  function type(line: string) {
    said = ''
    opened.write(`${line}\r`)
  }

  const untilReceived = (bytes: number) => when<void>(() => (received >= bytes ? undefined : null), `${bytes} bytes`)

  function acknowledge() {
    acknowledges = true
    settle()
  }

  const plain = (text: string) => text.replaceAll(ESCAPES, '').replaceAll('\r', '')
  // Looked for near the end only, or a flood would be searched whole at each of its pieces.
  const until = (pattern: RegExp) => when(() => (pattern.test(plain(said.slice(-TAIL))) ? plain(said) : null), String(pattern))

  async function run(command: string) {
    type(command)
    const [, output, code] = await when(() => ENDED.exec(said), 'that the command ended')
    return { said: plain(output as string), code: Number(code) }
  }

  async function ask(line: string) {
    type(line)
    const all = await until(/\n\(dlv\) $/)
    return all.slice(all.indexOf('\n') + 1, all.lastIndexOf('(dlv) '))
  }

  await until(program === 'shell' ? /\$ $/ : /\(dlv\) $/)
  return { terminal: opened, received: () => received, untilReceived, acknowledge, until, type, run, ask }
}
