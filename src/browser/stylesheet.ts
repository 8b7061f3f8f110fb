/** Style sheets that come with a part of the page that is loaded when it is wanted. */

/** Adds a stylesheet once; resolves when it is there, since sizes are measured with it. */
export function stylesheet(address: string): Promise<void> {
  if (document.querySelector(`link[href="${address}"]`)) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = address
    link.onload = () => resolve()
    link.onerror = () => reject(new Error(`The style sheet ${address} could not be loaded.`))
    document.head.append(link)
  })
}
