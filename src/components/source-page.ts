/** Links from the book to source pages. */
import { hasPage, moduleFile, sourceAddress } from '../source/address.ts'
import { address } from './address.ts'

/** The address of the page of a file of the debug information, with a fragment behind it; null when the file has none. */
export function sourcePage(file: string, fragment = ''): string | null {
  const of = moduleFile(file)
  return hasPage(of) ? address(sourceAddress(of)) + fragment : null
}
