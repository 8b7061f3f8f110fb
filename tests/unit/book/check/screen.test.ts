/** Reading plain text from a real xterm.js buffer. */
import xterm from '@xterm/headless'
import { expect, test } from 'vitest'
import { cursorLine, cursorRow, textSince } from '../../../../src/book/check/screen.ts'

async function written(text: string, columns = 20): Promise<InstanceType<typeof xterm.Terminal>> {
  const terminal = new xterm.Terminal({ cols: columns, rows: 4, allowProposedApi: true })
  await new Promise<void>((done) => terminal.write(text, done))
  return terminal
}

test('a waiting prompt keeps the blank before the cursor', async () => {
  const { buffer } = await written('hello\r\n(dlv) ')
  expect(cursorLine(buffer.active)).toBe('(dlv) ')
})

test('a prompt with the cursor moved back to its start still shows what is typed', async () => {
  const { buffer } = await written('(dlv) next\x1b[7G')
  expect(cursorLine(buffer.active)).toBe('(dlv) next')
})

test('rows that wrapped are one line again', async () => {
  const { buffer } = await written('(dlv) print scope.Resource.Resource\r\n"pods"\r\n(dlv) ')
  expect(textSince(buffer.active, 0)).toBe('(dlv) print scope.Resource.Resource\n"pods"\n(dlv)')
})

test('the line under the cursor may begin some rows above', async () => {
  const { buffer } = await written('one\r\n(dlv) print scope.Resource.Resource')
  expect(cursorRow(buffer.active)).toBe(1)
  expect(cursorLine(buffer.active)).toBe('(dlv) print scope.Resource.Resource')
})

test('a blank at the end of a wrapped row is kept', async () => {
  const { buffer } = await written('0123456789012345678 b\r\n')
  expect(textSince(buffer.active, 0)).toBe('0123456789012345678 b\n')
})

test('text is read from a marker that has scrolled', async () => {
  const terminal = await written('before\r\n')
  const marker = terminal.registerMarker(0)
  await new Promise<void>((done) => terminal.write('1\r\n2\r\n3\r\n4\r\n5', done))
  expect(textSince(terminal.buffer.active, marker?.line ?? -1)).toBe('1\n2\n3\n4\n5')
})
