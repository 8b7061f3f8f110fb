/** The book's prose, searched by Pagefind: loaded when it is first wanted, in the language of the page. */
import type { Piece } from './marks.ts'

/** A place in the book. */
export interface ProseHit {
  chapter: string
  /** The heading or step; empty for the beginning of a chapter. */
  heading: string
  address: string
  excerpt: readonly Piece[]
}

/** What Pagefind's script has, as far as it is used here: https://pagefind.app/docs/api/. */
interface Pagefind {
  options(options: { baseUrl: string; excerptLength: number }): Promise<void>
  init(): Promise<void>
  search(term: string): Promise<{ results: readonly { data(): Promise<PageData> }[] }>
}

interface PageData {
  meta: { title?: string }
  url: string
  sub_results: readonly { title: string; url: string; excerpt: string; weighted_locations: readonly { balanced_score: number }[] }[]
}

/** Chapters looked into, and places shown of each, and in all. */
const PAGES = 8
const PLACES = 3
const MOST = 8
/** What a chapter further down Pagefind's list loses of its places' scores, each time: places are what is compared, over all chapters. */
const LATER = 0.8
/** How much more a word in the heading is worth: it is what the place is about. A heading that is what was typed is what is meant. */
const IN_HEADING = 3
const IS_HEADING = 4
/** Text explains; steps and walks show; mistakes of other texts name much in passing; a list of sources explains nothing. */
const STEP = 0.5
const WALK = 0.7
const MISTAKES = 0.6
const SOURCES = 0.2

export class Prose {
  readonly #site: string
  #pagefind: Promise<Pagefind> | undefined

  /** `site` is the base path of the site. */
  constructor(site: string) {
    this.#site = site
  }

  /** The places that have what was typed, best first. Rejects when the index cannot be loaded. */
  async find(typed: string): Promise<ProseHit[]> {
    this.#pagefind ??= load(this.#site)
    this.#pagefind.catch(() => {
      this.#pagefind = undefined
    })
    const pagefind = await this.#pagefind
    const { results } = await pagefind.search(typed)
    const pages = await Promise.all(results.slice(0, PAGES).map((result) => result.data()))
    const places = pages.flatMap((page, at) => placesOf(page, wordsOf(typed), LATER ** at))
    return places
      .sort((one, other) => other.score - one.score)
      .slice(0, MOST)
      .map(({ hit }) => hit)
  }
}

async function load(site: string): Promise<Pagefind> {
  const pagefind = (await import(/* @vite-ignore */ `${site}pagefind/pagefind.js`)) as Pagefind
  await pagefind.options({ baseUrl: site, excerptLength: 22 })
  await pagefind.init()
  return pagefind
}

function placesOf(
  { meta: { title = '' }, sub_results: subs }: PageData,
  words: readonly string[],
  share: number,
): { hit: ProseHit; score: number }[] {
  return subs
    .map((sub) => ({ sub, score: share * scoreOf(sub, words) }))
    .sort((one, other) => other.score - one.score)
    .slice(0, PLACES)
    .map(({ sub, score }) => ({
      score,
      hit: { chapter: title, heading: sub.title === title ? '' : sub.title, address: sub.url, excerpt: piecesOf(sub.excerpt) },
    }))
}

function scoreOf({ title, url, weighted_locations: locations }: PageData['sub_results'][number], words: readonly string[]): number {
  // Steps are numbered in front of their titles.
  const heading = title.toLowerCase().replace(/^\d+\. /, '')
  const named = words.filter((word) => heading.includes(word)).length
  const kind = /#step-/.test(url)
    ? STEP
    : /#walk-/.test(url)
      ? WALK
      : /#you-may-have-read$/.test(url)
        ? MISTAKES
        : /#sources$/.test(url)
          ? SOURCES
          : 1
  const about = heading === words.join(' ') ? IS_HEADING : 1
  return about * kind * locations.reduce((sum, { balanced_score: score }) => sum + score, 0) * (1 + IN_HEADING * (named / Math.max(1, words.length)))
}

function wordsOf(typed: string): string[] {
  return typed.toLowerCase().split(/\s+/).filter(Boolean)
}

/** Pagefind's excerpts are HTML with `<mark>`; what comes out of it is text. */
function piecesOf(html: string): Piece[] {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  return [...body.childNodes].map((node) => ({ text: node.textContent ?? '', marked: node.nodeName === 'MARK' }))
}
