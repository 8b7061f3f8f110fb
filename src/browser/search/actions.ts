/** What can be done with a function that was found: read it, stop in it, take the command for it along. */
import { sourceAddress } from '../../source/address.ts'
import { mayHaveSession } from '../remembered-session.ts'
import { hasRelay, lastStatus } from '../status.ts'
import { askToStop } from '../stop-here.ts'
import type { FoundFunction } from './function-table.ts'

/** The address of a line's source page. */
export function readAddress(site: string, found: FoundFunction, line: number): string {
  return `${site}${sourceAddress(found)}#L${line}`
}

/** The address of the place in the book that visits a function; null for most. */
export function visitAddress(site: string, { visit }: FoundFunction): string | null {
  return visit && `${site}${visit.chapter.id}/${visit.anchor && `#${visit.anchor}`}`
}

/** Whether a stop can be asked for: there is code to stop in, and a session, here or in another tab of this browser, or a relay that makes one. */
export function canStop({ abstract }: FoundFunction): boolean {
  return !abstract && hasRelay() && (mayHaveSession() || lastStatus()?.is === 'live')
}

/** Stops at a line: here if this page has a live session, else on the line's source page, which has one made if need be. Returns whether this page did. */
export function stopHere(site: string, found: FoundFunction, line: number): boolean {
  const { module, version, inside } = found
  if (askToStop({ file: version === '' ? inside : `${module}@${version}/${inside}`, line })) return true
  location.assign(`${site}${sourceAddress(found)}?stop#L${line}`)
  return false
}

/**
 * The command that stops in a function, for any API server of this version: by its whole name, which every build has, or by a line of its file.
 * Null where there is no code.
 */
export function breakCommand(found: FoundFunction, line: number | null): string | null {
  if (found.abstract) return null
  if (line !== null) return `break ${found.inside}:${line}`
  const slash = found.package.lastIndexOf('/') + 1
  // The compiler writes dots after the last slash so.
  const path = found.package.slice(0, slash) + found.package.slice(slash).replaceAll('.', '%2e')
  return `break ${path}.${ownName(found)}`
}

/** `(*store).Create`, `Store.Create`, `Create`. */
export function ownName({ receiver, name }: Pick<FoundFunction, 'receiver' | 'name'>): string {
  if (receiver === '') return name
  return receiver.startsWith('*') ? `(${receiver}).${name}` : `${receiver}.${name}`
}
