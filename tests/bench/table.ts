/** One table per bench: what was measured, how it came out, and the budget beside it. */

/** A measured figure. `budget` in the same unit, or null where none is set; smaller is better. */
export interface Row {
  what: string
  value: number
  unit: string
  budget: number | null
  /** How often it was measured, or what else is worth knowing. */
  note?: string
}

/** Lines of a table, columns aligned. */
export function table(title: string, rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    figure(row.value, row.unit),
    row.budget === null ? '' : figure(row.budget, row.unit),
    verdict(row),
    row.note ?? '',
  ])
  const all = [['', 'measured', 'budget', '', ''], ...cells]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((line) => (line[column] ?? '').length)))
  const lines = all.map((line) => {
    const [what = '', value = '', budget = '', within = '', note = ''] = line
    return `  ${what.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${budget.padStart(widths[2] ?? 0)}  ${within.padEnd(widths[3] ?? 0)}  ${note}`.trimEnd()
  })
  return `\n${title}\n${lines.join('\n')}`
}

/** The value below which a share of the values lies; the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

function figure(value: number, unit: string): string {
  return `${value.toFixed(value < 10 && !Number.isInteger(value) ? 1 : 0)} ${unit}`
}

function verdict({ value, budget }: Row): string {
  if (budget === null) return ''
  return value <= budget ? 'within' : 'over'
}
