/** The fake's Delve: answers the JSON-RPC that dlv and the relay speak, in the shapes of Delve 1.27. */

import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'
import { CALLERS, type FakeBreakpoint, type FakePlace, type FakeTarget, isSame, ROUTE } from './target.ts'

const PID = 10
const GOROUTINE = 4711
/** Any address will do; each place has its own. */
const address = (place: FakePlace) => 0x30c0000 + place.line

type Parameters = Record<string, unknown>
class Refusal extends Error {}

/** Serves one connection until it ends. */
export function serveDelve(stream: Duplex, target: FakeTarget): void {
  stream.on('error', () => {})
  createInterface({ input: stream }).on('line', async (line) => {
    const { id, method, params } = JSON.parse(line) as { id: number; method: string; params: [Parameters] }
    const reply = await answer(target, method.replace('RPCServer.', ''), params[0]).then(
      (result) => ({ id, result, error: null }),
      (error: Error) => ({ id, result: null, error: error.message }),
    )
    if (!stream.destroyed) stream.write(`${JSON.stringify(reply)}\n`)
  })
}

async function answer(target: FakeTarget, method: string, given: Parameters): Promise<object> {
  const free = method === 'SetApiVersion' || method === 'IsMulticlient' || (method === 'State' && given.NonBlocking === true) || given.name === 'halt'
  // Like Delve: nearly everything waits for the next stop.
  if (!free) await target.until('halted')
  switch (method) {
    case 'SetApiVersion':
      return {}
    case 'IsMulticlient':
      return { IsMulticlient: true }
    case 'State':
      return { State: state(target) }
    case 'Command':
      return { State: await command(target, String(given.name)) }
    case 'Stacktrace':
      return { Locations: stack(target, Number(given.Depth), Number(given.Skip ?? 0)) }
    case 'ListLocalVars':
      return { Variables: at(target) ? [variable('obj', 'k8s.io/apimachinery/pkg/runtime.Object', 20, '', [podVariable(target)])] : [] }
    case 'ListFunctionArgs':
      return { Args: at(target) ? [variable('req', '*net/http.Request', 22, '')] : [] }
    case 'Eval':
      return { Variable: evaluate(target, String(given.Expr)) }
    case 'ListFunctions':
      return { Funcs: [] }
    case 'FindLocation':
      return { Locations: [location(find(String(given.Loc), given.SubstitutePathRules as [string, string][] | undefined))] }
    case 'ListBreakpoints':
      return { Breakpoints: [...target.breakpoints.values()].map(breakpoint) }
    case 'CreateBreakpoint': {
      const wanted = given.Breakpoint as { name: string }
      const place = find(String(given.LocExpr), given.SubstitutePathRules as [string, string][] | undefined)
      const there = [...target.breakpoints.values()].find((one) => isSame(one.place, place))
      if (there) throw new Refusal(`Breakpoint exists at ${place.file}:${place.line} at ${address(place).toString(16)}`)
      return { Breakpoint: breakpoint(target.setBreakpoint(place, wanted.name)) }
    }
    case 'AmendBreakpoint': {
      const wanted = given.Breakpoint as { id: number; Cond: string }
      known(target, wanted.id).condition = wanted.Cond
      return {}
    }
    case 'ClearBreakpoint': {
      const cleared = known(target, Number(given.Id))
      target.breakpoints.delete(cleared.id)
      return { Breakpoint: breakpoint(cleared) }
    }
    default:
      throw new Refusal(`rpc: can't find method RPCServer.${method}`)
  }
}

async function command(target: FakeTarget, name: string): Promise<object> {
  if (name === 'halt') target.halt()
  else if (name === 'next' || name === 'step') target.next()
  else target.resume()
  await target.until('halted')
  return state(target)
}

function state(target: FakeTarget): object {
  const nothing = { Pid: PID, TargetCommandLine: '', Running: true, Threads: null, NextInProgress: false, exited: false, exitStatus: 0 }
  if (target.state.is === 'running') return { ...nothing, Pid: 0 }
  const hit = target.state.breakpoint
  const here = location(target.frames()[0] as FakePlace)
  const goroutine = target.state.at === null ? 0 : GOROUTINE
  const thread = { id: PID, goroutineID: goroutine, ...here, breakPoint: hit ? breakpoint(hit) : undefined }
  const currentGoroutine = goroutine === 0 ? undefined : { id: GOROUTINE, threadID: PID, currentLoc: here }
  return { ...nothing, Running: false, currentThread: thread, currentGoroutine, Threads: [thread] }
}

function stack(target: FakeTarget, depth: number, skip: number): object[] {
  return target
    .frames()
    .slice(skip, depth + 1)
    .map((place) => ({ ...location(place), Bottom: false, Err: '' }))
}

function at(target: FakeTarget): boolean {
  return target.state.is === 'halted' && target.state.at !== null
}

function evaluate(target: FakeTarget, expression: string): object {
  if (at(target) && expression === 'obj') return podVariable(target)
  if (at(target) && expression === 'obj.ObjectMeta.Name') return variable('Name', 'string', 24, target.pod)
  throw new Refusal(`could not find symbol value for ${expression.split('.')[0]}`)
}

function podVariable(target: FakeTarget): object {
  return variable('', 'k8s.io/kubernetes/pkg/apis/core.Pod', 25, '', [variable('Name', 'string', 24, target.pod)])
}

/** Kinds are those of Go's reflect: 20 interface, 22 pointer, 24 string, 25 struct. */
function variable(name: string, type: string, kind: number, value: string, children: object[] = []): object {
  return {
    name,
    addr: 0xc000,
    onlyAddr: false,
    type,
    realType: type,
    flags: 0,
    kind,
    value,
    len: value.length || children.length,
    cap: 0,
    base: 0,
    unreadable: '',
    children,
  }
}

function location(place: FakePlace): object {
  return { pc: address(place), pcs: [address(place)], ...place }
}

function breakpoint({ id, name, place, condition }: FakeBreakpoint): object {
  const { file, line } = place
  return {
    id,
    name,
    addr: address(place),
    addrs: [address(place)],
    file,
    line,
    functionName: place.function.name,
    ExprString: '',
    Cond: condition,
    continue: false,
    traceReturn: false,
    disabled: false,
  }
}

/** A place by function, or by the end of a path and a line. Throws in Delve's words. */
function find(words: string, rules: readonly [string, string][] = []): FakePlace {
  const places = [...ROUTE, ...CALLERS]
  const named = places.find(
    (place) => place.function.name === words || place.function.name.endsWith(`/${words}`) || place.function.name.endsWith(`.${words}`),
  )
  if (named) return named
  const [, shown, line] = /^(.+):(\d+)$/.exec(words) ?? []
  if (shown === undefined) throw new Refusal(`location "${words}" not found`)
  const rule = rules.find(([, to]) => shown.startsWith(`${to}/`))
  const file = rule ? rule[0] + shown.slice(rule[1].length) : shown
  const inFile = places.filter((place) => place.file === file || place.file.endsWith(`/${file}`))
  if (inFile.length === 0) throw new Refusal(`location "${words}" not found`)
  const found = inFile.find((place) => place.line === Number(line))
  if (!found) throw new Refusal(`could not find statement at ${file}:${line}, please use a line with a statement`)
  return found
}

function known(target: FakeTarget, id: number): FakeBreakpoint {
  const found = target.breakpoints.get(id)
  if (!found) throw new Refusal(`no breakpoint with id ${id}`)
  return found
}
