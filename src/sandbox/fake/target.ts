/** The fake API server as its debugger sees it: it runs or is halted, and requests that create Pods pass a few places of its source. */

export interface FakePlace {
  file: string
  line: number
  function: { name: string }
}

export interface FakeBreakpoint {
  id: number
  name: string
  place: FakePlace
  condition: string
}

/** `at` counts along ROUTE; null is a halt by hand, in the runtime's own code. */
export type FakeState = { is: 'running' } | { is: 'halted'; at: number | null; breakpoint: FakeBreakpoint | null }

const HANDLER = {
  file: 'k8s.io/apiserver@v0.36.3/pkg/endpoints/handlers/create.go',
  function: { name: 'k8s.io/apiserver/pkg/endpoints/handlers.createHandler.func1' },
}
/** Lines of the create handler that a request passes, in order. */
export const ROUTE: readonly FakePlace[] = [79, 104, 132, 159, 181, 182, 183, 199, 207, 219].map((line) => ({ ...HANDLER, line }))
/** Who called the handler, nearest first. */
export const CALLERS: readonly FakePlace[] = [
  {
    file: 'k8s.io/apiserver@v0.36.3/pkg/endpoints/installer.go',
    line: 1308,
    function: { name: 'k8s.io/apiserver/pkg/endpoints.restfulCreateResource.func1' },
  },
  { file: 'net/http/server.go', line: 2286, function: { name: 'net/http.HandlerFunc.ServeHTTP' } },
]
const IDLE: FakePlace = { file: 'runtime/sys_linux_amd64.s', line: 558, function: { name: 'runtime.futex' } }

export class FakeTarget {
  state: FakeState = { is: 'running' }
  readonly breakpoints = new Map<number, FakeBreakpoint>()
  /** The Pod of the request that is halted or was last. */
  pod = ''
  #lastId = 0
  #changes: (() => void)[] = []
  /** Requests take their turn: only one can be halted. */
  #turn: Promise<void> = Promise.resolve()

  /** Where it is halted, innermost frame first. */
  frames(): FakePlace[] {
    if (this.state.is === 'running') return []
    return this.state.at === null ? [IDLE] : [ROUTE[this.state.at] as FakePlace, ...CALLERS]
  }

  setBreakpoint(place: FakePlace, name: string): FakeBreakpoint {
    this.#lastId += 1
    const breakpoint = { id: this.#lastId, name, place, condition: '' }
    this.breakpoints.set(breakpoint.id, breakpoint)
    return breakpoint
  }

  halt(): void {
    if (this.state.is === 'running') this.#become({ is: 'halted', at: null, breakpoint: null })
  }

  resume(): void {
    if (this.state.is === 'halted') this.#become({ is: 'running' })
  }

  /** One line on, or out of the handler and away. */
  next(): void {
    const { state } = this
    if (state.is !== 'halted' || state.at === null) return
    if (state.at + 1 < ROUTE.length) this.#become({ is: 'halted', at: state.at + 1, breakpoint: null })
    else this.resume()
  }

  /** Resolves when it is in that state, at once when it is. */
  async until(is: FakeState['is']): Promise<void> {
    while (this.state.is !== is) await new Promise<void>((resolve) => this.#changes.push(resolve))
  }

  /** A request that creates a Pod goes through; it takes as long as somebody halts it. */
  pass(pod: string): Promise<void> {
    const passed = this.#turn.then(async () => {
      await this.until('running')
      this.pod = pod
      let reached = -1
      for (;;) {
        const hit = ROUTE.findIndex((place, index) => index > reached && this.#breakpointAt(place) !== null)
        if (hit === -1) return
        this.#become({ is: 'halted', at: hit, breakpoint: this.#breakpointAt(ROUTE[hit] as FakePlace) })
        await this.#leaves((at) => {
          reached = at
        })
      }
    })
    this.#turn = passed
    return passed
  }

  /** Waits until it runs again, telling every line it is stepped to. */
  async #leaves(reach: (at: number) => void): Promise<void> {
    while (this.state.is === 'halted') {
      if (this.state.at !== null) reach(this.state.at)
      await new Promise<void>((resolve) => this.#changes.push(resolve))
    }
  }

  #breakpointAt(place: FakePlace): FakeBreakpoint | null {
    return [...this.breakpoints.values()].find((breakpoint) => isSame(breakpoint.place, place)) ?? null
  }

  #become(state: FakeState): void {
    this.state = state
    for (const tell of this.#changes.splice(0)) tell()
  }
}

export function isSame(one: FakePlace, other: FakePlace): boolean {
  return one.file === other.file && one.line === other.line
}
