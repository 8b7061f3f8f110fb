/** Turns Delve's variables into ours: what to show on one line, what to ask Delve for more, and one level of members. */
import type { ApiVariable, LoadConfig } from './api.ts'
import { Flag, Kind } from './kind.ts'
import { MAX_VALUE, type Variable } from './state.ts'
import { oneLine } from './value.ts'

/** Members of one value that are sent at once; the rest is behind one more member that can be expanded. */
const MAX_MEMBERS = 100
/** Variables of one frame. The compiler allows more; a reader's eyes do not. */
const MAX_VARIABLES = 200

/** Characters of a member's line: enough to recognise it; expanding it shows the rest. */
const MAX_MEMBER_VALUE = 200

/**
 * What to read when the target halts. For the 28 variables of the API server's create handler that takes 40 ms on two cores, which is as long as
 * dlv waits after a stop before it asks for anything itself; one level more takes 300 ms, one less 15 ms, but shows addresses instead of members.
 */
export const AT_A_GLANCE: LoadConfig = { FollowPointers: true, MaxVariableRecurse: 1, MaxStringLen: 256, MaxArrayValues: 8, MaxStructFields: -1 }
/** What to read when a value is expanded. */
export const EXPANDED: LoadConfig = { ...AT_A_GLANCE, MaxStringLen: MAX_VALUE, MaxArrayValues: MAX_MEMBERS }

/** The variables of one frame, without those the compiler made for itself (`~r0`, `.this`). */
export function toVariables(variables: readonly ApiVariable[]): Variable[] {
  return variables
    .filter((variable) => !/^[~.]/.test(variable.name))
    .slice(0, MAX_VARIABLES)
    .map((variable) => {
      const shadowed = (variable.flags & Flag.Shadowed) !== 0
      // A shadowed name means another variable: only the address still tells this one. Delve too prints it in parentheses.
      return toVariable(variable, shadowed ? `(${variable.name})` : variable.name, shadowed ? byAddress(variable) : variable.name)
    })
}

/** One value with its members, as `expand` answers it. */
export function toVariable(variable: ApiVariable, name: string, expression: string | null): Variable {
  const found = members(variable, expression)
  const shown = plain(variable, name, expression, MAX_VALUE)
  if (found.list.length === 0) return shown
  const children = found.list.map((member) => plain(member.variable, member.name, member.expression, MAX_MEMBER_VALUE))
  return { ...shown, children: [...children, ...found.rest], expandable: false }
}

/** A value without its members. */
function plain(variable: ApiVariable, name: string, expression: string | null, limit: number): Variable {
  const expandable = expression !== null && hasMembers(variable)
  return { name, type: variable.type, value: oneLine(variable, limit), expression, expandable }
}

/** Whether there is anything inside, loaded or not. */
function hasMembers(variable: ApiVariable): boolean {
  if (variable.unreadable) return false
  const inner = variable.children[0]
  switch (variable.kind) {
    // A pointer to a number, say, is shown whole by its own line.
    case Kind.Pointer:
      return inner !== undefined && inner.addr !== 0 && inner.kind !== Kind.Invalid && (inner.onlyAddr || hasMembers(inner))
    case Kind.Interface:
      return variable.addr !== 0 && inner !== undefined && inner.kind !== Kind.Invalid && (inner.onlyAddr || hasMembers(inner))
    case Kind.Struct:
    case Kind.Slice:
    case Kind.Array:
    case Kind.Map:
      return variable.len > 0
    default:
      return false
  }
}

interface Member {
  variable: ApiVariable
  name: string
  expression: string | null
}

/** The members of a value. Pointers and interfaces are looked through, as Delve does when it evaluates `pointer.field`. */
function members(variable: ApiVariable, expression: string | null): { list: Member[]; rest: Variable[] } {
  const inner = variable.children[0]
  if (!hasMembers(variable) || !inner) return { list: [], rest: [] }
  switch (variable.kind) {
    case Kind.Pointer:
      return members(inner, expression && (inner.kind === Kind.Struct ? expression : `(*${expression})`))
    case Kind.Interface: {
      const held = inner.kind === Kind.Pointer ? inner.children[0]?.kind : inner.kind
      return members(inner, expression && (held === Kind.Struct ? expression : `${expression}.(data)`))
    }
    case Kind.Struct:
      return {
        list: variable.children.slice(0, MAX_MEMBERS).map((field) => ({ variable: field, name: field.name, expression: fieldOf(expression, field) })),
        rest: [],
      }
    case Kind.Map: {
      const list = entries(variable, expression).slice(0, MAX_MEMBERS)
      return { list, rest: rest(variable, expression, list.length) }
    }
    default: {
      const list = variable.children
        .slice(0, MAX_MEMBERS)
        .map((element, index) => ({ variable: element, name: `[${index}]`, expression: expression && `${expression}[${index}]` }))
      return { list, rest: rest(variable, expression, list.length) }
    }
  }
}

function fieldOf(expression: string | null, field: ApiVariable): string | null {
  return expression && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(field.name) && field.name !== '_' ? `${expression}.${field.name}` : byAddress(field)
}

/** A map's entries: a short key is the member's name, any other is shown as Delve prints it. */
function entries(map: ApiVariable, expression: string | null): Member[] {
  const list: Member[] = []
  for (let index = 0; index + 1 < map.children.length; index += 2) {
    const [key, value] = [map.children[index], map.children[index + 1]]
    if (!key || !value) break
    const literal = keyLiteral(key)
    const asked = literal ?? byAddress(key)
    list.push({ variable: value, name: `[${literal ?? oneLine(key, MAX_KEY)}]`, expression: expression && asked && `${expression}[${asked}]` })
  }
  return list
}

const MAX_KEY = 120

/** A key as Go writes it, when it was loaded whole. */
function keyLiteral(key: ApiVariable): string | null {
  if (key.kind === Kind.String) return Buffer.byteLength(key.value) === key.len ? JSON.stringify(key.value) : null
  return key.kind >= Kind.Bool && key.kind < Kind.Complex64 && /^-?[\w.]+$/.test(key.value) ? key.value : null
}

/** The elements that were not loaded, as one slice of the value: Delve slices maps too. */
function rest(variable: ApiVariable, expression: string | null, shown: number): Variable[] {
  if (shown >= variable.len) return []
  const more = expression && `${expression}[${shown}:]`
  return [{ name: `[${shown}:]`, type: variable.type, value: `...+${variable.len - shown} more`, expression: more, expandable: more !== null }]
}

/** Delve's way to name a value by where it lies; null when it lies nowhere (in registers). */
function byAddress(variable: ApiVariable): string | null {
  if (variable.addr === 0 || variable.flags & Flag.FakeAddress) return null
  return `(*(*${JSON.stringify(variable.type)})(0x${variable.addr.toString(16)}))`
}
