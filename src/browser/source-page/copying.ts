/** Copies text to the clipboard and says so, in the button and to screen readers. */
import { element } from '../element.ts'

const said = element('p', { class: 'hush', role: 'status' })

/** Milliseconds that a button says what was done. */
const SAYING = 2_000

/** Copies `text`; the button says `Copied` for a while. Where the clipboard is forbidden the text is shown to be copied by hand. */
export async function copy(text: string, button: HTMLElement, what: string): Promise<void> {
  if (!said.isConnected) document.body.append(said)
  const words = button.dataset.words ?? button.textContent ?? ''
  button.dataset.words = words
  try {
    button.style.minInlineSize = `${button.offsetWidth}px`
    await navigator.clipboard.writeText(text)
    button.textContent = 'Copied'
    said.textContent = `${what} copied`
    setTimeout(() => {
      button.textContent = words
      said.textContent = ''
    }, SAYING)
  } catch {
    prompt(`${what}, to be copied by hand:`, text)
  }
}
