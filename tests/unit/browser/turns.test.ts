/** Turns at a terminal: one after the other, and nobody waits for someone who went away. */
import { expect, test } from 'vitest'
import { Turns } from '../../../src/browser/turns.ts'

const never = new AbortController().signal

test('turns come in the order in which they were asked for, each terminal for itself', async () => {
  const turns = new Turns()
  const said: string[] = []
  const first = await turns.take('debugger', never)
  const second = turns.take('debugger', never).then((done) => {
    said.push('second')
    done()
  })
  const third = turns.take('debugger', never).then((done) => {
    said.push('third')
    done()
  })
  ;(await turns.take('shell', never))()
  expect(said).toEqual([])
  first()
  await Promise.all([second, third])
  expect(said).toEqual(['second', 'third'])
})

test('whoever no longer wants a turn is told so at once, and the next one does not wait for it', async () => {
  const turns = new Turns()
  const first = await turns.take('debugger', never)
  const leaving = new AbortController()
  const second = turns.take('debugger', leaving.signal)
  const third = turns.take('debugger', never)
  leaving.abort(new Error('left'))
  await expect(second).rejects.toThrow('left')
  let came = false
  void third.then(() => {
    came = true
  })
  await new Promise(setImmediate)
  expect(came).toBe(false)
  first()
  ;(await third)()
})

test('a turn that is asked for too late is refused and holds up nobody', async () => {
  const turns = new Turns()
  await expect(turns.take('shell', AbortSignal.abort(new Error('late')))).rejects.toThrow('late')
  ;(await turns.take('shell', never))()
})
