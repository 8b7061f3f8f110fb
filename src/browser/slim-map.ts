/** Lights the station that the request stands in, and the way it has come. */
import type { DebuggerEvent, Place } from '../delve/state.ts'
import type { StagePlace } from './chapter-data.ts'
import { unversioned } from './paths.ts'

/** The stage of a place: that of the longest path that it begins with; null when no stage is there. */
export function stageOf(place: Place, stages: readonly StagePlace[]): string | null {
  const file = unversioned(place.file)
  let found: StagePlace | null = null
  for (const each of stages) if (file.startsWith(each.file) && each.file.length > (found?.file.length ?? -1)) found = each
  return found?.stage ?? null
}

export class SlimMap {
  readonly #map: HTMLElement | null
  readonly #stages: readonly StagePlace[]
  #at: string | null = null

  /** `map` is the page's slim map; null: it has none. */
  constructor(map: HTMLElement | null, stages: readonly StagePlace[]) {
    this.#map = map
    this.#stages = stages
  }

  /** A halt outside the request's way leaves the map as it was. */
  hear(event: DebuggerEvent): void {
    if (event.type === 'breakpoints') this.#breakpoints(event.breakpoints.flatMap((breakpoint) => (breakpoint.disabled ? [] : breakpoint.places)))
    if (event.type !== 'target' || event.state.is !== 'halted') return
    const stage = stageOf(event.state.at, this.#stages)
    if (stage) this.#stand(stage)
  }

  /** Nothing has been sent. */
  clear(): void {
    this.#stand(null)
    this.#breakpoints([])
  }

  #stand(stage: string | null): void {
    if (stage === this.#at || !this.#map) return
    this.#at = stage
    let state = stage === null ? 'ahead' : 'passed'
    for (const station of this.#map.querySelectorAll<SVGElement>('.stn')) {
      const id = station.dataset.stage ?? ''
      const here = id === stage
      const line = this.#map.querySelector<SVGElement>(`.seg[data-to="${id}"]`)
      // A branch, such as the watch, is never on the way behind.
      const branch = line?.classList.contains('branch') === true && !here
      station.dataset.state = here ? 'here' : branch ? 'ahead' : state
      if (line) line.dataset.state = here ? 'passed' : branch ? 'ahead' : state
      if (here) state = 'ahead'
    }
  }

  #breakpoints(places: readonly Place[]): void {
    const set = new Set(places.map((place) => stageOf(place, this.#stages)))
    for (const station of this.#map?.querySelectorAll<SVGElement>('.stn') ?? [])
      station.toggleAttribute('data-breakpoint', set.has(station.dataset.stage ?? ''))
  }
}
