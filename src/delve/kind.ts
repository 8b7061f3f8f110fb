/** Go's reflect.Kind, as Delve numbers the kinds of values, and Delve's flags. */

export const Kind = {
  Invalid: 0,
  Bool: 1,
  Int64: 6,
  Complex64: 15,
  Complex128: 16,
  Array: 17,
  Chan: 18,
  Func: 19,
  Interface: 20,
  Map: 21,
  Pointer: 22,
  Slice: 23,
  String: 24,
  Struct: 25,
  UnsafePointer: 26,
} as const

/** Bits of a variable's `flags`. */
export const Flag = { Shadowed: 1 << 1, FakeAddress: 1 << 5 } as const
