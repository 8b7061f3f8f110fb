/** The site's root, as the folder of its source files tells it: pages under any base know that. */

/** `folder` is the address of `source/files`, with or without a slash behind it. */
export function siteOf(folder: string): string {
  return folder.replace(/source\/files\/?$/, '')
}
