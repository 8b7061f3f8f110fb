/** Arguments and locals as a tree: values expand, changed ones are marked, what was open stays open from halt to halt. */
import type { Variable } from '../delve/state.ts'
import type { VariablesEvent } from './debugger-model.ts'
import { element } from './element.ts'

/** Asks for the members of a value; null: they cannot be had (a recording), and why is said in `cannot`. */
export type Expand = ((expression: string, frame: number) => Promise<Variable>) | null

export class VariablesView {
  readonly #arguments: HTMLElement
  readonly #locals: HTMLElement
  #expand: Expand = null
  #open = new Set<string>()
  /** What each value was at the halt before, by the path of names. */
  #before = new Map<string, string>()
  #now = new Map<string, string>()
  #frame = 0

  constructor(trees: { arguments: HTMLElement; locals: HTMLElement }) {
    this.#arguments = trees.arguments
    this.#locals = trees.locals
  }

  /** How members are asked for from now on. */
  expandWith(expand: Expand): void {
    this.#expand = expand
  }

  show(event: VariablesEvent, place: string): void {
    this.#before = this.#now
    this.#now = new Map()
    this.#frame = event.frame
    this.#arguments.replaceChildren(...this.#branch(event.arguments, `${place}/argument`, 0))
    this.#locals.replaceChildren(...this.#branch(event.locals, `${place}/local`, 0))
    for (const [tree, all] of [
      [this.#arguments, event.arguments],
      [this.#locals, event.locals],
    ] as const) {
      if (all.length === 0) tree.append(element('p', { class: 'none' }, 'none'))
    }
  }

  clear(): void {
    this.#before.clear()
    this.#now.clear()
    this.#arguments.replaceChildren()
    this.#locals.replaceChildren()
  }

  #branch(variables: readonly Variable[], path: string, depth: number): HTMLElement[] {
    return variables.map((variable, at) => this.#node(variable, `${path}/${variable.name || at}`, depth))
  }

  #node(variable: Variable, path: string, depth: number): HTMLElement {
    this.#now.set(path, variable.value)
    const was = this.#before.get(path)
    const changed = was !== undefined && was !== variable.value
    const indent = `--in: ${depth}`
    const value = element('i', { title: `${variable.type}\n${variable.value}` }, variable.value || variable.type)
    const words = [element('span', { class: 'name' }, variable.name), ' ', value]
    if (changed) words.push(element('span', { class: 'hush' }, ' changed'))
    const members = variable.children ?? []
    if (members.length === 0 && !this.#canExpand(variable))
      return element('div', { class: `leaf${changed ? ' changed' : ''}`, style: indent }, ...words)

    const details = element('details', {}, element('summary', { class: changed ? 'changed' : '', style: indent }, ...words))
    const fill = () => this.#fill(details, variable, path, depth + 1)
    if (this.#open.has(path)) {
      details.open = true
      fill()
    }
    details.addEventListener('toggle', () => {
      if (details.open) this.#open.add(path)
      else this.#open.delete(path)
      if (details.open && details.childElementCount === 1) fill()
    })
    return details
  }

  #canExpand(variable: Variable): boolean {
    return variable.expandable && variable.expression !== null && this.#expand !== null
  }

  #fill(details: HTMLElement, variable: Variable, path: string, depth: number): void {
    const summary = details.firstElementChild as HTMLElement
    const lay = (members: readonly Variable[]) => details.replaceChildren(summary, ...this.#branch(members, path, depth))
    const say = (words: string) => details.append(element('p', { class: 'leaf none', style: `--in: ${depth}` }, words))
    const members = variable.children ?? []
    lay(members)
    if (!this.#canExpand(variable) || variable.expression === null || !this.#expand) return
    const expand = this.#expand
    if (members.length === 0) say('asking …')
    expand(variable.expression, this.#frame).then(
      (loaded) => {
        const all = loaded.children ?? []
        lay(all)
        if (all.length === 0) say(loaded.value)
        // Deref and the like keep their members one level down; what is still cut is said, never hidden.
        if (loaded.expandable && all.length > 0) say('more than is shown')
      },
      (error: Error) => {
        lay(members)
        say(error.message)
      },
    )
  }
}
