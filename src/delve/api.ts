/** The parts of Delve's replies that are used, as the JSON-RPC server writes them. What a sandbox says is not trusted: lengths, depths and counts are capped. */
import { z } from 'zod'

/** Characters of one string: the longest types and values Delve prints are far shorter. */
const MAX_TEXT = 65_536
/** Members of one list: goroutines' threads, a map's keys and values, a struct's fields. */
const MAX_LIST = 8_192
/** Levels of one value. An interface that holds a pointer to a struct is three by itself. */
const MAX_DEPTH = 10

const text = z.string().max(MAX_TEXT)
const list = <T extends z.ZodType>(item: T) => z.array(item).max(MAX_LIST)
/** Go writes an empty slice as null. */
const slice = <T extends z.ZodType>(item: T) =>
  list(item)
    .nullish()
    .transform((items) => items ?? [])

export const ApiLocation = z.object({ file: text, line: z.int(), function: z.object({ name: text }).nullish() })
export type ApiLocation = z.infer<typeof ApiLocation>

const ThreadBreakpoint = z.object({ id: z.int(), name: text, continue: z.boolean(), traceReturn: z.boolean() })

const ApiThread = ApiLocation.extend({ id: z.int(), goroutineID: z.int(), breakPoint: ThreadBreakpoint.nullish() })

const ApiGoroutine = z.object({ id: z.int(), threadID: z.int(), currentLoc: ApiLocation })

/** `DebuggerState`. */
export const ApiState = z.object({
  Pid: z.int(),
  Running: z.boolean(),
  currentThread: ApiThread.nullish(),
  currentGoroutine: ApiGoroutine.nullish(),
  Threads: slice(ApiThread),
  exited: z.boolean(),
  exitStatus: z.int(),
})
export type ApiState = z.infer<typeof ApiState>

export const ApiFrame = ApiLocation.extend({ Bottom: z.boolean().optional(), Err: text })
export type ApiFrame = z.infer<typeof ApiFrame>

export const ApiBreakpoint = z.object({
  id: z.int(),
  name: text,
  addrs: slice(z.number()),
  file: text,
  line: z.int(),
  functionName: text.optional(),
  ExprString: text,
  Cond: text,
  disabled: z.boolean(),
})
export type ApiBreakpoint = z.infer<typeof ApiBreakpoint>

/** A value as Delve loaded it; `kind` is Go's reflect.Kind. `children` of a map are keys and values in turn. */
export type ApiVariable = {
  name: string
  addr: number
  onlyAddr: boolean
  type: string
  kind: number
  flags: number
  value: string
  len: number
  cap: number
  base: number
  unreadable: string
  children: ApiVariable[]
}

/** The shape is built level by level, so that no depth of nesting can exhaust the stack. */
function variable(depth: number): z.ZodType<ApiVariable> {
  return z.object({
    name: text,
    addr: z.number(),
    onlyAddr: z.boolean(),
    type: text,
    kind: z.int().min(0).max(26),
    flags: z.int(),
    value: text,
    len: z.number(),
    cap: z.number(),
    base: z.number(),
    unreadable: text,
    children: depth === 0 ? z.unknown().transform((): ApiVariable[] => []) : slice(variable(depth - 1)),
  }) as z.ZodType<ApiVariable>
}
export const ApiVariable = variable(MAX_DEPTH)

export const StateOut = z.object({ State: ApiState })
export const StacktraceOut = z.object({ Locations: slice(ApiFrame) })
export const VariablesOut = z.object({ Variables: slice(ApiVariable) })
export const ArgumentsOut = z.object({ Args: slice(ApiVariable) })
export const EvalOut = z.object({ Variable: ApiVariable })
export const BreakpointsOut = z.object({ Breakpoints: slice(ApiBreakpoint) })
export const LocationsOut = z.object({ Locations: slice(ApiLocation) })

/** What every reply is wrapped in. `error` holds Delve's own words. */
export const Reply = z.object({ id: z.int(), result: z.unknown(), error: z.unknown() })

/** How much of a value to read; field names are Delve's. */
export interface LoadConfig {
  FollowPointers: boolean
  MaxVariableRecurse: number
  MaxStringLen: number
  MaxArrayValues: number
  MaxStructFields: number
}

/** Where to look a name up: `GoroutineID` -1 is the one Delve has selected. */
export interface EvalScope {
  GoroutineID: number
  Frame: number
}
