/** Ends and removes what relays left that were killed, wherever in the tree of control groups they ran. */
import { rm } from 'node:fs/promises'
import { type ControlGroups, leaveControlGroups, sweepControlGroups } from './control-groups.ts'
import { findAbandoned } from './folder.ts'
import { isAlive, killAndWait, nameOf } from './owner.ts'

/** `groups` are those of this relay. Returns what was removed. */
export async function sweep(groups: ControlGroups): Promise<string[]> {
  const swept: string[] = []
  const abandoned = await findAbandoned()
  for (const { processes } of abandoned) {
    for (const first of processes.filter(isAlive)) {
      await killAndWait(first)
      swept.push(`process ${nameOf(first)}`)
    }
  }
  swept.push(...(await sweepControlGroups(groups)))
  for (const { groups: theirs } of abandoned) {
    if (theirs === null || isSame(theirs, groups)) continue
    swept.push(...(await sweepControlGroups(theirs)))
    await leaveControlGroups(theirs)
  }
  for (const { path } of abandoned) {
    await rm(path, { recursive: true, force: true })
    swept.push(path)
  }
  return swept
}

function isSame(one: ControlGroups, other: ControlGroups): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
