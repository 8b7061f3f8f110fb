/** Memory and idle CPU of sandboxes: four at once, as they start (plain), and with Delve attached. Reads /proc of every process below this one. */
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { openBubblewrap } from '../../src/sandbox/bubblewrap/bubblewrap.ts'
import type { Bench } from './bench.ts'
import type { Row } from './table.ts'

/** Programs that are started together share their text: four at once is what a full machine has. */
const SANDBOXES = 4
/** Milliseconds until a fresh control plane has calmed down, and over which it is then watched. */
const SETTLE = 30_000
const WATCH = 20_000
/** Clock ticks in a second of CPU time: fixed by Linux for all programs. */
const TICKS = 100

export const memory: Bench = {
  title: `Memory (PSS: shared pages divided by their users) and CPU of an idle sandbox, average of ${SANDBOXES} at once`,
  run: async ({ built, log, signal }) => {
    const backend = await openBubblewrap({ built: await built(), log: () => {} })
    try {
      const sandboxes = []
      for (let count = 0; count < SANDBOXES; count++) sandboxes.push(await backend.open({ signal }))
      log('  plain: letting them settle, then watching …')
      const plain = await watch(signal)
      for (const sandbox of sandboxes) await sandbox.attachDebugger()
      log('  with Delve attached: the same …')
      const debugged = await watch(signal)
      return [...rows('plain', plain, 300), ...rows('with Delve', debugged, 600)]
    } finally {
      await backend.close()
    }
  },
}

interface Figures {
  /** MiB by the program's name. */
  pss: Map<string, number>
  millicores: number
}

async function watch(signal: AbortSignal): Promise<Figures> {
  await delay(SETTLE, undefined, { signal })
  const before = await ticks(await descendants())
  const began = performance.now()
  await delay(WATCH, undefined, { signal })
  const seconds = (performance.now() - began) / 1000
  const processes = await descendants()
  const after = await ticks(processes)
  const used = [...after].reduce((sum, [pid, count]) => sum + count - (before.get(pid) ?? 0), 0)
  const pss = new Map<string, number>()
  for (const { pid, name } of processes) pss.set(name, (pss.get(name) ?? 0) + (await pssOf(pid)) / SANDBOXES)
  return { pss, millicores: ((used / TICKS / seconds) * 1000) / SANDBOXES }
}

function rows(what: string, { pss, millicores }: Figures, budget: number): Row[] {
  const byProcess = [...pss].filter(([, mebibytes]) => mebibytes >= 0.5).sort(([, a], [, b]) => b - a)
  return [
    {
      what: `${what}: memory`,
      value: [...pss.values()].reduce((sum, each) => sum + each, 0),
      unit: 'MiB',
      budget,
      note: byProcess.map(([name, mebibytes]) => `${name} ${mebibytes.toFixed(0)}`).join(', '),
    },
    { what: `${what}: CPU`, value: millicores, unit: 'millicores', budget: 20, note: `over ${WATCH / 1000} s` },
  ]
}

interface Process {
  pid: number
  parent: number
  name: string
  /** User and system time. */
  ticks: number
}

/** Every process that this one, or one below it, started. */
async function descendants(): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const all = (await Promise.all(pids.map((pid) => readProcess(Number(pid))))).flatMap((process) => process ?? [])
  const found: Process[] = []
  let parents = new Set([process.pid])
  while (parents.size > 0) {
    const children = all.filter(({ parent }) => parents.has(parent))
    found.push(...children)
    parents = new Set(children.map(({ pid }) => pid))
  }
  return found
}

/** Null when it has ended meanwhile. */
async function readProcess(pid: number): Promise<Process | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  // The name is in parentheses and may hold anything, so it is read from the outside in.
  const found = stat && /^\d+ \((.*)\) \S (.*)$/s.exec(stat)
  if (!found) return null
  const [, name = '', rest = ''] = found
  const fields = rest.split(' ').map(Number)
  return { pid, parent: fields[0] ?? 0, name, ticks: (fields[10] ?? 0) + (fields[11] ?? 0) }
}

async function ticks(processes: readonly Process[]): Promise<Map<number, number>> {
  return new Map(processes.map(({ pid, ticks }) => [pid, ticks]))
}

/** MiB. Whoever is not root may not read this of a sandbox's processes on every kernel: then it fails with the reason. */
async function pssOf(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return ''
    throw new Error(`The memory of a sandbox's processes cannot be read (${error.message}). Run this bench as root.`)
  })
  return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0) / 1024
}
