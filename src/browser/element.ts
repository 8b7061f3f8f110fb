/** Makes and finds elements of the page. */

type Attributes = Readonly<Record<string, string | boolean | null>>

/** A new element. An attribute that is false or null is left out, one that is true is set empty. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) if (value !== false && value !== null) made.setAttribute(key, value === true ? '' : value)
  made.append(...children)
  return made
}

/** The element that `selector` finds inside `root`. Throws when the page has none, since page and scripts are built together. */
export function required<Found extends Element = HTMLElement>(root: ParentNode, selector: string): Found {
  const found = root.querySelector<Found>(selector)
  if (!found) throw new Error(`The page has no ${selector}.`)
  return found
}

/** One of the drawings of the page’s sprite, by name. */
export function icon(name: 'tick' | 'not' | 'play' | 'pause'): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('class', name === 'tick' || name === 'not' ? 'icon' : 'icon solid')
  svg.setAttribute('aria-hidden', 'true')
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use')
  use.setAttribute('href', `#i-${name}`)
  svg.append(use)
  return svg
}
