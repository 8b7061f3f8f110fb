/** The fake's dlv: a prompt with the commands the book uses most, speaking real JSON-RPC to the fake's Delve. */

import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'
import type { Tty } from './tty.ts'

type Rules = readonly (readonly [string, string])[]
interface Location {
  pc: number
  file: string
  line: number
  function: { name: string }
}
interface Breakpoint {
  id: number
  name: string
  addr: number
  file: string
  line: number
  functionName: string
  Cond: string
}
interface State {
  Running: boolean
  currentThread: Location & { breakPoint?: Breakpoint; goroutineID: number }
}

/** Runs dlv after dlv, as the sandbox's own script does, until Ctrl-D between two of them. */
export function dlvProgram(connect: () => Duplex, rules: Rules): (tty: Tty) => Promise<number> {
  return async (tty) => {
    for (;;) {
      const stream = connect()
      await session(tty, stream, rules)
      stream.destroy()
      if ((await tty.line('\nThis dlv has ended; the Delve it was connected to has not. Press Enter to connect again.\n')) === null) return 0
    }
  }
}

async function session(tty: Tty, stream: Duplex, rules: Rules): Promise<void> {
  const waiting = new Map<number, { resolve: (result: never) => void; reject: (error: Error) => void }>()
  let lastId = 0
  createInterface({ input: stream }).on('line', (line) => {
    const { id, result, error } = JSON.parse(line) as { id: number; result: never; error: string | null }
    if (error === null) waiting.get(id)?.resolve(result)
    else waiting.get(id)?.reject(new Error(error))
    waiting.delete(id)
  })
  function call<T>(method: string, parameters: object): Promise<T> {
    const id = lastId++
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      stream.write(`${JSON.stringify({ method: `RPCServer.${method}`, params: [parameters], id })}\n`)
    })
  }
  const shown = (file: string) => {
    const rule = rules.find(([from]) => file.startsWith(`${from}/`))
    return rule ? rule[1] + file.slice(rule[0].length) : file
  }
  const hex = (pc: number) => `0x${pc.toString(16)}`
  let frame = 0

  function here({ currentThread: { breakPoint: hit, ...at } }: State): string {
    const name = hit ? `[${hit.name || `Breakpoint ${hit.id}`}] ` : ''
    return `> ${name}${at.function.name}() ${shown(at.file)}:${at.line} (${hit ? 'hits total:1) (' : ''}PC: ${hex(at.pc)})\n`
  }

  async function resume(name: string): Promise<string> {
    frame = 0
    return here((await call<{ State: State }>('Command', { name })).State)
  }

  async function goToFrame(to: number): Promise<string> {
    const { Locations } = await call<{ Locations: Location[] }>('Stacktrace', {
      Id: -1,
      Depth: to,
      Full: false,
      Defers: false,
      Opts: 0,
      Cfg: null,
      Skip: to,
    })
    const at = Locations[0]
    if (!at) throw new Error(`Invalid frame ${to}`)
    frame = to
    const { State } = await call<{ State: State }>('State', { NonBlocking: false })
    return `${here(State)}Frame ${to}: ${shown(at.file)}:${at.line} (PC: ${at.pc.toString(16)})\n`
  }

  async function breakAt(given: string): Promise<string> {
    const words = given.split(' ')
    const [name, where] = words.length > 1 ? [words[0] as string, words.slice(1).join(' ')] : ['', given]
    try {
      await call('FindLocation', { Scope: { GoroutineID: -1, Frame: 0 }, Loc: where, IncludeNonExecutableLines: false, SubstitutePathRules: rules })
    } catch (error) {
      await call('ListFunctions', { Filter: '^plugin\\.Open$' })
      throw error
    }
    const made = await call<{ Breakpoint: Breakpoint }>('CreateBreakpoint', {
      Breakpoint: { name },
      LocExpr: where,
      SubstitutePathRules: rules,
      Suspended: false,
    })
    const { id, addr, functionName, file, line } = made.Breakpoint
    return `Breakpoint ${name || id} set at ${hex(addr)} for ${functionName}() ${shown(file)}:${line}\n`
  }

  async function byNumberOrName(words: string): Promise<Breakpoint> {
    const { Breakpoints } = await call<{ Breakpoints: Breakpoint[] }>('ListBreakpoints', { All: false })
    const found = Breakpoints.find(({ id, name }) => String(id) === words || (name !== '' && name === words))
    if (!found) throw new Error(`no breakpoint with ${/^\d+$/.test(words) ? 'id' : 'name'} ${words}`)
    return found
  }

  async function obey(name: string, rest: string): Promise<string> {
    switch (name) {
      case 'break':
      case 'b':
        return breakAt(rest)
      case 'condition':
      case 'cond': {
        const [which, ...condition] = rest.split(' ')
        await call('AmendBreakpoint', { Breakpoint: { ...(await byNumberOrName(which as string)), Cond: condition.join(' ') } })
        return ''
      }
      case 'clear': {
        const { id, addr, functionName, file, line } = await byNumberOrName(rest)
        await call('ClearBreakpoint', { Id: id, Name: '' })
        return `Breakpoint ${id} cleared at ${hex(addr)} for ${functionName}() ${shown(file)}:${line}\n`
      }
      case 'breakpoints':
      case 'bp': {
        const { Breakpoints } = await call<{ Breakpoints: Breakpoint[] }>('ListBreakpoints', { All: false })
        return Breakpoints.map(
          (one) => `Breakpoint ${one.name || one.id} (enabled) at ${hex(one.addr)} for ${one.functionName}() ${shown(one.file)}:${one.line} (0)\n`,
        ).join('')
      }
      case 'continue':
      case 'c':
        return resume('continue')
      case 'next':
      case 'n':
        return resume('next')
      case 'step':
      case 's':
        return resume('step')
      case 'print':
      case 'p': {
        const { Variable } = await call<{ Variable: { value: string } }>('Eval', { Scope: { GoroutineID: -1, Frame: frame }, Expr: rest })
        return `${JSON.stringify(Variable.value)}\n`
      }
      case 'stack':
      case 'bt': {
        const depth = rest === '' ? 50 : Number(rest)
        const { Locations } = await call<{ Locations: Location[] }>('Stacktrace', {
          Id: -1,
          Depth: depth,
          Full: false,
          Defers: false,
          Opts: 0,
          Cfg: null,
          Skip: 0,
        })
        return Locations.map(
          (at, index) => `${index}  0x${at.pc.toString(16).padStart(16, '0')} in ${at.function.name}\n   at ${shown(at.file)}:${at.line}\n`,
        ).join('')
      }
      case 'frame':
        return goToFrame(Number(rest))
      case 'up':
        return goToFrame(frame + 1)
      case 'down':
        return goToFrame(frame - 1)
      default:
        throw new Error('command not available')
    }
  }

  await call('SetApiVersion', { APIVersion: 2 })
  await call('IsMulticlient', {})
  const { State: before } = await call<{ State: State }>('State', { NonBlocking: true })
  if (before.Running) await call('Command', { name: 'halt' })
  await tty.say("Type 'help' for list of commands.\n")
  let last = ''
  for (;;) {
    const typed = await tty.line('(dlv) ')
    const line = (typed ?? 'exit').trim() || last
    last = line
    const [name = '', ...rest] = line.split(' ')
    if (name === '') continue
    if (name === 'exit' || name === 'quit' || name === 'q') {
      if (/^n/i.test((await tty.line('Would you like to kill the headless instance? [Y/n] ')) ?? '')) return
      const kill = !/^n/i.test((await tty.line('Would you like to kill the process? [Y/n] ')) ?? '')
      return call('Detach', { Kill: kill })
    }
    await tty.say(await obey(name, rest.join(' ')).catch((error: Error) => `Command failed: ${error.message}\n`))
  }
}
