/** One line for a value, in Delve's own words (service/api/prettyprint.go), with short types and a cap on length. */
import type { ApiVariable } from './api.ts'
import { goDuration } from './duration.ts'
import { Kind } from './kind.ts'
import { shortType } from './short-type.ts'

/** Writes `value` on one line of `limit` characters at most; what is longer ends in `…`. */
export function oneLine(value: ApiVariable, limit: number): string {
  const line = new Line(limit)
  write(line, value, { top: true, types: true })
  return line.text()
}

/** Text that stops growing at its limit, so that a huge value costs no more than it shows. */
class Line {
  #text = ''
  readonly limit: number
  constructor(limit: number) {
    this.limit = limit
  }
  get full(): boolean {
    return this.#text.length > this.limit
  }
  add(text: string) {
    if (!this.full) this.#text += text
  }
  text(): string {
    if (!this.full) return this.#text
    const cut = this.#text.slice(0, this.limit - 1)
    // Half of a character outside the basic plane is no character.
    return `${cut.replace(/[\uD800-\uDBFF]$/, '')}…`
  }
}

interface Manner {
  /** The value asked for, not one inside it. */
  top: boolean
  /** Whether to say the type before the value. */
  types: boolean
}
const INSIDE: Manner = { top: false, types: false }
const MEMBER: Manner = { top: false, types: true }

function write(line: Line, value: ApiVariable, manner: Manner) {
  if (line.full) return
  const type = shortType(value.type)
  const prefix = manner.types ? `${type} ` : ''
  if (value.unreadable) return line.add(`(unreadable ${value.unreadable})`)
  if (!manner.top && value.addr === 0 && value.value === '') return line.add(manner.types && value.type !== 'void' ? `${type} nil` : 'nil')

  switch (value.kind) {
    case Kind.Slice:
      line.add(manner.types ? `${type} len: ${value.len}, cap: ${value.cap}, ` : '')
      return value.base === 0 && value.children.length === 0 ? line.add('nil') : writeElements(line, value)
    case Kind.Array:
      line.add(prefix)
      return writeElements(line, value)
    case Kind.Map:
      line.add(prefix)
      return value.base === 0 && value.children.length === 0 ? line.add('nil') : writeEntries(line, value)
    case Kind.Struct:
      return writeStruct(line, value, manner)
    case Kind.Pointer:
      return writePointer(line, value)
    case Kind.Interface:
      return writeInterface(line, value, manner)
    case Kind.UnsafePointer:
      return line.add(`unsafe.Pointer(${value.children[0] ? hex(value.children[0].addr) : 'nil'})`)
    case Kind.Chan:
      return line.add(value.children.length === 0 ? `${type} nil` : `${type} ${value.children[0]?.value}/${value.children[1]?.value}`)
    case Kind.Func:
      return line.add(value.value === '' ? 'nil' : shortType(value.value))
    case Kind.String:
      return line.add(quoted(value))
    case Kind.Complex64:
    case Kind.Complex128:
      return line.add(`(${value.children[0]?.value} + ${value.children[1]?.value}i)`)
    default:
      return line.add(basic(value))
  }
}

function writePointer(line: Line, pointer: ApiVariable) {
  const target = pointer.children[0]
  if (!target || pointer.type === '') return line.add('nil')
  if (target.onlyAddr && target.addr !== 0) return line.add(`(${shortType(pointer.type)})(${hex(target.addr)})`)
  line.add('*')
  write(line, target, MEMBER)
}

function writeInterface(line: Line, value: ApiVariable, manner: Manner) {
  const data = value.children[0]
  if (value.addr === 0 || !data) return line.add('nil')
  if (manner.types) {
    if (data.kind === Kind.Invalid) {
      line.add(`${shortType(value.type)} `)
      if (data.addr === 0) return line.add('nil')
    } else {
      line.add(`${shortType(value.type)}(${shortType(data.type)}) `)
    }
  }
  const target = data.kind === Kind.Pointer ? data.children[0] : undefined
  if (data.kind === Kind.Pointer && !target) return line.add('...')
  if (target?.addr === 0) return line.add('nil')
  if (target?.onlyAddr || data.onlyAddr) return line.add(hex(data.addr))
  write(line, data, manner.types ? INSIDE : MEMBER)
}

function writeStruct(line: Line, value: ApiVariable, manner: Manner) {
  const type = shortType(value.type)
  // Delve writes out a few types itself, time.Time above all.
  if (value.value !== '') return line.add(`${type}(${value.value})`)
  if (value.children.length === 0 && value.len > 0) return line.add(`(*${type})(${hex(value.addr)})`)
  line.add(`${manner.types ? `${type} ` : ''}{`)
  value.children.forEach((field, index) => {
    if (line.full) return
    line.add(`${index > 0 ? ', ' : ''}${field.name}: `)
    write(line, field, MEMBER)
  })
  line.add(`${missing(value.children.length, value.len)}}`)
}

function writeElements(line: Line, value: ApiVariable) {
  line.add('[')
  value.children.forEach((element, index) => {
    if (line.full) return
    line.add(index > 0 ? ',' : '')
    write(line, element, INSIDE)
  })
  line.add(`${missing(value.children.length, value.len)}]`)
}

function writeEntries(line: Line, value: ApiVariable) {
  line.add('[')
  for (let index = 0; index + 1 < value.children.length && !line.full; index += 2) {
    const [key, entry] = [value.children[index], value.children[index + 1]]
    if (!key || !entry) break
    line.add(index > 0 ? ', ' : '')
    write(line, key, INSIDE)
    line.add(': ')
    write(line, entry, INSIDE)
  }
  line.add(`${missing(value.children.length / 2, value.len)}]`)
}

function missing(loaded: number, all: number): string {
  if (loaded >= all) return ''
  return loaded === 0 ? '...' : `,...+${all - loaded} more`
}

/** Numbers and the like. Delve puts the name of a constant of the type before the number; for durations that name is an accident. */
function basic(value: ApiVariable): string {
  if (value.value === '') return '(unknown)'
  if (value.type === 'time.Duration') {
    const nanoseconds = /^-?\d{1,20}$/.exec(value.value.replace(/^.*\((-?\d+)\)$/, '$1'))
    if (nanoseconds) return goDuration(BigInt(nanoseconds[0]))
  }
  return shortType(value.value)
}

/** A string in Go's quotes. `len` counts bytes, of which Delve loads the first. */
function quoted(value: ApiVariable): string {
  const loaded = Buffer.byteLength(value.value)
  return JSON.stringify(loaded < value.len ? `${value.value}...+${value.len - loaded} more` : value.value)
}

function hex(address: number): string {
  return `0x${address.toString(16)}`
}
