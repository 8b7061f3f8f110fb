/** The list of functions as the site has it, made once per process: some seconds. */

import { loadBook } from '../../src/book/load.ts'
import { FunctionTable } from '../../src/browser/search/function-table.ts'
import { stagePlaces } from '../../src/components/live/stage-places.ts'
import { functionLists } from '../../src/source/function-list.ts'

let made: ReturnType<typeof functionLists> | undefined

/** Both files of the list. */
export async function lists(): ReturnType<typeof functionLists> {
  made ??= functionLists({ book: await loadBook('content'), stageFiles: stagePlaces })
  return await made
}

/** The table of all functions, as the page has it when everything is loaded. */
export async function wholeTable(): Promise<FunctionTable> {
  const { core, rest } = await lists()
  const table = new FunctionTable()
  await table.add(core, false)
  await table.add(rest, true)
  return table
}
