/** What every bench is given, and what it hands back. */
import type { Built } from '../../src/pins/built.ts'
import type { Row } from './table.ts'

export interface Lab {
  /** The programs of a sandbox, built when the first bench asks for them. */
  built: () => Promise<Built>
  /** The folder of the built site. */
  site: string
  /** Path of a Chromium. */
  chromium: string
  /** Says what is going on, on one line. */
  log: (line: string) => void
  /** Aborted when the bench is to stop: everything opened must close. */
  signal: AbortSignal
}

export interface Bench {
  /** Heads the table. */
  title: string
  run(lab: Lab): Promise<Row[]>
}
