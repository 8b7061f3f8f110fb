/** The fake's shell: a few commands, with the same prompt and marks as the real one. */
import { setImmediate } from 'node:timers/promises'
import type { FakeTarget } from './target.ts'
import type { Tty } from './tty.ts'

const MARK = { prompt: '\x1b]133;A\x07$ \x1b]133;B\x07', command: '\x1b]133;C\x07', ended: (code: number) => `\x1b]133;D;${code}\x07` }

/** Names of the Pods that exist. */
export type Pods = Set<string>

export function shellProgram(target: FakeTarget, pods: Pods): (tty: Tty) => Promise<number> {
  return async (tty) => {
    let code = 0
    for (;;) {
      const line = await tty.line(MARK.prompt)
      if (line === null) return code
      await tty.say(MARK.command)
      for (const command of line.split(';')) {
        const [name = '', ...words] = command.trim().split(/ +/)
        if (name === 'exit') return Number(words[0] ?? code)
        code = name === '' ? code : await run(tty, name, words)
      }
      await tty.say(MARK.ended(code))
    }
  }

  async function run(tty: Tty, name: string, words: readonly string[]): Promise<number> {
    switch (name) {
      case 'echo':
        await tty.say(`${words.join(' ')}\n`)
        return 0
      case 'true':
        return 0
      case 'false':
        return 1
      case 'stty':
        await tty.say(`${tty.rows} ${tty.columns}\n`)
        return 0
      case 'seq':
        await count(tty, Number(words[0]), Number(words[1]))
        return 0
      case 'kubectl':
        return kubectl(tty, words)
      default:
        await tty.say(`bash: ${name}: command not found\n`)
        return 127
    }
  }

  /** A flood, in pieces as a pipe would pass them, with a turn for everybody else between two. */
  async function count(tty: Tty, from: number, to: number): Promise<void> {
    let piece = ''
    for (let number = from; number <= to && !tty.interrupted.aborted; number++) {
      piece += `${number}\n`
      if (piece.length < 4096 && number < to) continue
      await tty.say(piece)
      await setImmediate()
      piece = ''
    }
  }

  /** Like the real one it waits for as long as the API server is halted; Ctrl-C gives up waiting, the request goes on. */
  async function kubectl(tty: Tty, words: readonly string[]): Promise<number> {
    const [verb, what = '', name] = words
    const request = verb === 'run' ? create(what) : target.until('running').then(() => get(what, name))
    const interrupted = new Promise<[string, number]>((resolve) => tty.interrupted.addEventListener('abort', () => resolve(['\n', 130])))
    const [said, code] = await Promise.race([request, interrupted])
    await tty.say(said)
    return code
  }

  async function create(name: string): Promise<[said: string, code: number]> {
    await target.pass(name)
    if (pods.has(name)) return [`Error from server (AlreadyExists): pods "${name}" already exists\n`, 1]
    pods.add(name)
    return [`pod/${name} created\n`, 0]
  }

  function get(what: string, name: string | undefined): [said: string, code: number] {
    if (!/^pods?$/.test(what)) return [`error: the server doesn't have a resource type "${what}"\n`, 1]
    if (name !== undefined && !pods.has(name)) return [`Error from server (NotFound): pods "${name}" not found\n`, 1]
    const rows = name === undefined ? [...pods] : [name]
    if (rows.length === 0) return ['No resources found in default namespace.\n', 0]
    const width = Math.max(4, ...rows.map((row) => row.length)) + 3
    const table = [['NAME', 'READY   STATUS    RESTARTS   AGE'], ...rows.map((row) => [row, '0/1     Pending   0          1s'])]
    return [table.map(([first, rest]) => `${(first as string).padEnd(width)}${rest}\n`).join(''), 0]
  }
}
