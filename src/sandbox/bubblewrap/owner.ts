/** Names things after the process that owns them, so that what a dead one left behind can be told from what is in use. */
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** A process for good: its id, and when it started in clock ticks since boot, since ids are used again. */
export interface Owner {
  pid: number
  started: string
}

/** A process that runs now; null when there is none of that id. */
export function processOf(pid: number): Owner | null {
  const started = startOf(pid)
  return started === null ? null : { pid, started }
}

/** This process. */
export function thisProcess(): Owner {
  const owner = processOf(process.pid)
  if (owner === null) throw new Error('/proc is not readable, and without it processes cannot be told apart')
  return owner
}

export function nameOf(owner: Owner): string {
  return `${owner.pid}-${owner.started}`
}

/** The owner in a name that begins with what `nameOf` made, or null. */
export function ownerIn(name: string): Owner | null {
  const found = /^(\d+)-(\d+)(?:-|$)/.exec(name)
  return found ? { pid: Number(found[1]), started: found[2] as string } : null
}

/** Whether it runs still. For the first process of a pid namespace, no means that the whole namespace is gone. */
export function isAlive(owner: Owner): boolean {
  return startOf(owner.pid) === owner.started
}

/** How often to look whether a killed process is gone, when it is nobody's child here and nothing tells, and for how long. */
const LOOK_EVERY_MS = 5
const LOOKS = 2_000

/** Kills it, unless it is gone and its id perhaps another's by now. For the first process of a pid namespace, the kernel kills the whole namespace. */
export function kill(owner: Owner): void {
  if (!isAlive(owner)) return
  try {
    process.kill(owner.pid, 'SIGKILL')
  } catch {
    // Gone this moment, or not ours to kill: whoever waits for its end learns it.
  }
}

/** Kills it and resolves when it is gone. */
export async function killAndWait(owner: Owner): Promise<void> {
  for (let looks = 0; isAlive(owner); looks++) {
    if (looks === LOOKS) throw new Error(`Process ${owner.pid} of a sandbox does not die.`)
    kill(owner)
    await delay(LOOK_EVERY_MS)
  }
}

/** The start of a process in clock ticks since boot; null when it is gone or a zombie. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? null : (fields[19] as string)
  } catch {
    return null
  }
}
