/** How much a relay takes on, and for how long. */

export interface RelayLimits {
  /** Sessions at once. */
  sessions: number
  /** Sessions at once of one client, as far as its address tells it apart from others. */
  sessionsPerClient: number
  /** Pages that hear the status at once, in all and of one client. */
  listeners: number
  listenersPerClient: number
  /** Pages that may look at one session. */
  viewers: number
  /** Milliseconds a session goes on with no page looking. */
  grace: number
  /** Milliseconds a session goes on that no page ever looked at: whoever asked for it does not want it. */
  unseenGrace: number
  /** Milliseconds a session goes on at most. */
  lifetime: number
}

const MINUTE = 60_000
/** Bytes of memory for one sandbox with Delve attached, and for everything else on the machine. */
const SANDBOX = 700 * 1024 * 1024
const OTHERS = 1024 * 1024 * 1024

/** The limits of a machine with so much free memory, in bytes. At least one session is always tried. */
export function limitsFor(freeMemory: number): RelayLimits {
  return {
    sessions: Math.max(1, Math.floor((freeMemory - OTHERS) / SANDBOX)),
    sessionsPerClient: 8,
    listeners: 500,
    listenersPerClient: 100,
    viewers: 10,
    // Twice the pause of ten minutes that a reader is promised to come back from.
    grace: 20 * MINUTE,
    unseenGrace: MINUTE,
    lifetime: 240 * MINUTE,
  }
}
