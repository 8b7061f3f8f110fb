/** Addresses inside the site, so that it works under any `--base`. */

/** The address of a page or file of the site; `path` has no leading slash (`''` is the home page). */
export function address(path: string): string {
  return `${import.meta.env.BASE_URL.replace(/\/$/, '')}/${path}`
}
