/** The page's worker that colours Go, so that scrolling and typing never wait for it. */
import { HighlightQueue, type HighlightRequest } from './highlight-queue.ts'

const queue = new HighlightQueue((answer) => postMessage(answer))
addEventListener('message', ({ data }: MessageEvent<HighlightRequest>) => queue.ask(data))
