/** What is filled into the template of source pages for one file. The template is an Astro page, so that source pages look as all others do. */
import { basename, dirname } from 'node:path'
import { sourceAddress } from '../address.ts'
import { licenceFor, originOf } from '../origin.ts'
import type { Outline } from '../outlines.ts'
import { sourceText } from '../source-text.ts'
import type { InBook } from './book-places.ts'
import type { SourcePageData } from './data.ts'
import { originLink } from './origin-link.ts'
import { columns, textElement } from './text.ts'

/** Names of the places in the template, where they stand as `{{name}}`. */
export const SLOTS = ['name', 'module', 'description', 'address', 'crumb', 'count', 'licence', 'origin', 'size', 'text', 'data'] as const
/** HTML for each place. */
export type Slots = Record<(typeof SLOTS)[number], string>

/** Where a slot is in the template. */
export function slotMark(name: (typeof SLOTS)[number]): string {
  return `{{${name}}}`
}

export interface SlotOptions {
  outline: Outline
  /** What the book has in the file. */
  inBook: InBook | undefined
  /** How Delve's `break` takes the file; null when it cannot. */
  at: string | null
  /** The site's root: `/`, or `/sub/path/`. */
  root: string
}

/** What fills the places. Throws PinsError when a change does not fit the file, and when its licence or origin is not known. */
export async function slotsOf({ outline, inBook, at, root }: SlotOptions): Promise<Slots> {
  const { file } = outline
  const { lines, changed } = await sourceText(file)
  const { module, version } = originOf(file)
  const licence = await licenceFor(file, lines)
  const folder = dirname(file.inside)
  const data: SourcePageData = {
    file: file.file,
    version,
    at,
    functions: outline.functions.map(({ name, from, to }) => [name, from, to]),
    types: outline.types.map(({ name, kind, from, to }) => [name, kind, from, to]),
    ...inBook,
    ...(changed.length > 0 && { changed: changed.map(({ line, from, why }) => ({ line, from, why })) }),
  }
  const link = (to: string, words: string) => `<a href="${root}source/#${to}">${words}</a>`
  return {
    name: basename(file.inside),
    module: `${module} ${version}`,
    description: `${file.inside} of ${module} ${version}, package ${outline.packageName}, as it is compiled into kube-apiserver.`,
    address: root + sourceAddress(file),
    crumb: `${link(file.module, `${module}`)} ${version} /${folder === '.' ? '' : ` ${link(`${file.module}/${folder}`, folder)} /`}`,
    count: `${lines.length.toLocaleString('en')} ${lines.length === 1 ? 'line' : 'lines'}`,
    licence: licence.name,
    origin: originLink(file),
    size: sizeOf(lines),
    text: textElement(lines),
    data: JSON.stringify(data).replaceAll('<', '\\u003c'),
  }
}

/** Custom properties by which the page keeps its room: columns of the widest line, and digits of the last number where they are more than four. */
function sizeOf(lines: readonly string[]): string {
  const widest = lines.reduce((most, line) => Math.max(most, columns(line)), 0)
  const digits = String(lines.length).length
  return `--w:${widest}${digits > 4 ? `;--d:${digits}` : ''}`
}

/** Fills a template. Throws when it lacks a place. */
export function filled(template: string, slots: Slots): string {
  const missing = SLOTS.find((name) => !template.includes(slotMark(name)))
  if (missing) throw new Error(`The template of source pages has no ${slotMark(missing)}. See src/pages/source/[...file].astro.`)
  return template.replace(/\{\{(\w+)\}\}/g, (mark, name: string) => (name in slots ? slots[name as keyof Slots] : mark))
}
