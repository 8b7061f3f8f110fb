/** Which parts of the text are near the window, told as they come and go. */
import type { FileText, Part } from './file-text.ts'

/** Pixels above and below the window that count as near. */
const MARGIN = 1200

export interface NearEvents {
  near(part: Part): void
  far(part: Part): void
}

/** Watches the parts; the first word comes with the next frame. */
export function watchParts(text: FileText, { near, far }: NearEvents): void {
  const parts = new Map<Element, Part>(text.parts.map((part) => [part.element, part]))
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const part = parts.get(target)
        if (part && isIntersecting) near(part)
        else if (part) far(part)
      }
    },
    { rootMargin: `${MARGIN}px 0px` },
  )
  for (const element of parts.keys()) observer.observe(element)
}
