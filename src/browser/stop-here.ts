/** "Stop here", asked for from search or a source page, and taken by whatever on the page has a live session. */

/**
 * The event, on `document`; its `detail` is a StopHere. Whoever stops there calls `preventDefault`. If nobody does, the reader is brought to
 * the line's source page with `?stop` in its address, and that page stops there as soon as it can.
 */
export const STOP_HERE = 'stop-here'

/** The line to stop at. `file` is its name in the debug information. */
export interface StopHere {
  file: string
  line: number
}

/** Asks for a stop. Returns whether somebody takes it. */
export function askToStop(detail: StopHere): boolean {
  return !document.dispatchEvent(new CustomEvent<StopHere>(STOP_HERE, { detail, cancelable: true }))
}

/** Calls `take` with each stop that is asked for; it returns whether it stops there. */
export function takeStops(take: (stop: StopHere) => boolean): void {
  document.addEventListener(STOP_HERE, (event) => {
    if (!event.defaultPrevented && take((event as CustomEvent<StopHere>).detail)) event.preventDefault()
  })
}
