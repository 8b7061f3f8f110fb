/** The page's side of highlighting, over a real message channel, with the worker's queue at the other end. */
import { afterEach, expect, test } from 'vitest'
import { HighlightInPage, type HighlightPort } from '../../../src/browser/highlight-in-page.ts'
import { HighlightQueue, type HighlightRequest } from '../../../src/browser/highlight-queue.ts'

const open: MessagePort[] = []
afterEach(() => {
  for (const port of open.splice(0)) port.close()
})

/** A page with a queue behind it; `asked` are the requests that reached the queue, `answered` the ids of its answers. */
function page() {
  const { port1, port2 } = new MessageChannel()
  open.push(port1, port2)
  const asked: HighlightRequest[] = []
  const answered: number[] = []
  const queue = new HighlightQueue((answer) => {
    answered.push(answer.id)
    port2.postMessage(answer)
  })
  port2.addEventListener('message', ({ data }: MessageEvent<HighlightRequest>) => {
    asked.push(data)
    queue.ask(data)
  })
  port2.start()
  let opened = 0
  const highlight = new HighlightInPage((): HighlightPort => {
    opened++
    port1.start()
    return port1
  })
  return { highlight, asked, answered, opened: () => opened }
}

const file = (length: number) => Array.from({ length }, (_, at) => `return ${at}`)
const html = (at: number) => `<span class="k">return</span> <span class="n">${at}</span>`

test('lines come back coloured, those asked for and no others', async () => {
  const { highlight } = page()
  expect(await highlight.colours('one.go', file(1000), 401, 2)).toEqual([html(400), html(401)])
  expect(await highlight.colours('one.go', file(1000), 999, 200)).toEqual([html(998), html(999)])
})

test('the worker is started by the first question, and asked once for a file', async () => {
  const { highlight, asked, opened } = page()
  expect(opened()).toBe(0)
  const lines = file(500)
  await Promise.all([highlight.colours('one.go', lines, 1, 200), highlight.colours('one.go', lines, 201, 200)])
  await highlight.colours('one.go', lines, 401, 100)
  expect(opened()).toBe(1)
  expect(asked).toHaveLength(1)
})

test('the first lines of a long file do not wait for its last', async () => {
  const { highlight, answered } = page()
  const lines = file(4000)
  await highlight.colours('long.go', lines, 1, 200)
  expect(answered.length).toBeLessThan(20)
  await highlight.colours('long.go', lines, 3801, 200)
  expect(answered).toHaveLength(20)
})

test('a file asked for later comes first', async () => {
  const { highlight, answered } = page()
  const long = highlight.colours('long.go', file(8000), 7801, 200)
  await highlight.colours('short.go', file(10), 1, 10)
  expect(answered.length).toBeLessThan(40)
  await long
})

test('a file pushed out by others says so to those who wait, and can be asked for again', async () => {
  const { highlight } = page()
  const lines = file(20_000)
  const left = expect(highlight.colours('left.go', lines, 19_801, 200)).rejects.toThrow('Other files')
  await Promise.all(Array.from({ length: 8 }, (_, at) => highlight.colours(`${at}.go`, file(1), 1, 1)))
  await left
  expect(await highlight.colours('left.go', file(3), 3, 1)).toEqual([html(2)])
})
