/** Types without the folders of their packages: `*k8s.io/api/core/v1.Pod` is `*v1.Pod`. The full type is shown elsewhere. */

/** A package path's folders: all that ends in a slash, letters of an import path before it. */
const FOLDERS = /(?:[\w.~@%-]+\/)+/g

/** Works inside pointers, maps, functions and type parameters alike. */
export function shortType(type: string): string {
  return type.replace(FOLDERS, '')
}
