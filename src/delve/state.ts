/** What the page and a recording know of the debugger: shapes only, so that every room may use them. */
import { z } from 'zod'

/** A place in the source. `file` is the path Delve's debug information holds: `module@version/path.go`, or `net/http/server.go` for the toolchain. */
export const Place = z.strictObject({ file: z.string(), line: z.int(), function: z.string() })
export type Place = z.infer<typeof Place>

/** Characters of one value's line. */
export const MAX_VALUE = 512

/** One named value as Delve printed it. `expression` asks Delve for it again (null: it has none, for example a shadowed name). */
export const Variable = z.strictObject({
  name: z.string(),
  type: z.string(),
  /** What to show on one line; never longer than MAX_VALUE. */
  value: z.string(),
  expression: z.string().nullable(),
  /** Loaded members, in order. */
  get children() {
    return z.array(Variable).optional()
  },
  /** More members than were loaded: ask with `expand`. */
  expandable: z.boolean(),
})
export type Variable = {
  name: string
  type: string
  value: string
  expression: string | null
  children?: Variable[] | undefined
  expandable: boolean
}

/** One logical breakpoint of Delve; `places` is empty while it is suspended. Internal ones (negative ids) are left out. */
export const Breakpoint = z.strictObject({
  id: z.int(),
  name: z.string(),
  places: z.array(Place),
  condition: z.string(),
  disabled: z.boolean(),
})
export type Breakpoint = z.infer<typeof Breakpoint>

/** Where the target is. `frame` is the frame the reader chose (0 is the innermost). */
export const TargetState = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('running') }),
  z.strictObject({
    is: z.literal('halted'),
    goroutine: z.int(),
    frame: z.int(),
    at: Place,
    /** The breakpoint that halted it, by name or id; null after `next`, `step`, a frame change or a halt by hand. */
    breakpoint: z.string().nullable(),
  }),
  z.strictObject({ is: z.literal('exited'), why: z.string() }),
])
export type TargetState = z.infer<typeof TargetState>

/** What the follower tells, in this order after a halt: target, then variables and stack as they are read. */
export const DebuggerEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('target'), state: TargetState }),
  z.strictObject({ type: z.literal('stack'), goroutine: z.int(), frames: z.array(Place), more: z.boolean() }),
  z.strictObject({ type: z.literal('variables'), goroutine: z.int(), frame: z.int(), arguments: z.array(Variable), locals: z.array(Variable) }),
  z.strictObject({ type: z.literal('breakpoints'), breakpoints: z.array(Breakpoint) }),
  /** Delve refused a breakpoint; `location` is what was asked for, `why` Delve's own words. */
  z.strictObject({ type: z.literal('break-refused'), location: z.string(), why: z.string() }),
])
export type DebuggerEvent = z.infer<typeof DebuggerEvent>
