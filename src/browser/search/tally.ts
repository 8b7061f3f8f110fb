/** What functions come to, part by part of a query: only those that had every part so far are looked at again. */

/** A score for each name, receiver and file of a table. */
export interface PartScores {
  names: Float32Array
  receivers: Float32Array
  files: Float32Array
}

/** Which of them each function has. */
export interface FunctionParts {
  name: Uint16Array
  receiver: Uint16Array
  file: Uint16Array
}

/** Sums by the functions' places in their table. Used again for each query: new arrays of this size would keep the collector busy. */
export class Tally {
  /** 0 for those that lack a part. */
  sums = new Float32Array(0)
  /** The places of the others, in the first `count` entries. */
  places = new Int32Array(0)
  count = 0

  /** Forgets everything, and makes room for so many functions. */
  #clear(size: number): void {
    if (this.sums.length === size) {
      for (let at = 0; at < this.count; at++) this.sums[this.places[at] as number] = 0
    } else {
      this.sums = new Float32Array(size)
      this.places = new Int32Array(size)
    }
    this.count = 0
  }

  /** Sums up the means of all parts, of each the best of its three scores. */
  sum(functions: FunctionParts, parts: readonly PartScores[]): void {
    this.#clear(functions.name.length)
    const [first, ...others] = parts
    if (!first) return
    this.#begin(functions, first, parts.length)
    for (const part of others) this.#go(functions, part, parts.length)
  }

  #begin({ name, receiver, file }: FunctionParts, { names, receivers, files }: PartScores, parts: number): void {
    const { sums, places } = this
    let count = 0
    for (let place = 0; place < sums.length; place++) {
      let most = names[name[place] as number] as number
      const byReceiver = receivers[receiver[place] as number] as number
      const byFile = files[file[place] as number] as number
      if (byReceiver > most) most = byReceiver
      if (byFile > most) most = byFile
      if (most === 0) continue
      sums[place] = most / parts
      places[count++] = place
    }
    this.count = count
  }

  #go({ name, receiver, file }: FunctionParts, { names, receivers, files }: PartScores, parts: number): void {
    const { sums, places } = this
    let count = 0
    for (let at = 0; at < this.count; at++) {
      const place = places[at] as number
      const most = Math.max(
        names[name[place] as number] as number,
        receivers[receiver[place] as number] as number,
        files[file[place] as number] as number,
      )
      if (most === 0) sums[place] = 0
      else {
        sums[place] = (sums[place] as number) + most / parts
        places[count++] = place
      }
    }
    this.count = count
  }

  /** Takes over what is better in another tally of the same functions. */
  best(other: Tally): void {
    for (let at = 0; at < other.count; at++) {
      const place = other.places[at] as number
      const sum = other.sums[place] as number
      const mine = this.sums[place] as number
      if (sum <= mine) continue
      if (mine === 0) this.places[this.count++] = place
      this.sums[place] = sum
    }
  }
}
