/** What stands behind a chapter: which walks were typed, how much each promises, and where it halts. Counted from the book itself. */
import type { Chapter } from '../book/book.ts'
import type { Walk } from '../book/walk.ts'

export interface Proof {
  id: string
  title: string
  kind: Walk['kind']
  steps: number
  promises: number
  /** Halts that are promised. */
  halts: number
  /** Seconds that its recording plays. */
  seconds: number
  /** Why it takes longer than others. */
  slow: string | null
}

/** One for each walk, in order. */
export function proofsOf({ walks, recording }: Pick<Chapter, 'walks' | 'recording'>): Proof[] {
  return walks.map(({ id, title, kind, steps, slow }) => {
    const promises = steps.flatMap((step) => step.promises)
    const recorded = recording?.walks.find((one) => one.id === id)?.steps ?? []
    return {
      id,
      title,
      kind,
      steps: steps.length,
      promises: promises.length,
      halts: promises.filter((promise) => 'halts' in promise).length,
      seconds: recorded.reduce((sum, { took }) => sum + took, 0) / 1000,
      slow: slow ?? null,
    }
  })
}

/** Several walks as one line of a table. */
export function sumOf(proofs: readonly Proof[]): Pick<Proof, 'steps' | 'promises' | 'halts'> & { walks: number } {
  const sum = (of: (proof: Proof) => number) => proofs.reduce((total, proof) => total + of(proof), 0)
  return { walks: proofs.length, steps: sum((one) => one.steps), promises: sum((one) => one.promises), halts: sum((one) => one.halts) }
}

/** `4 min 12 s`, or `38 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}
