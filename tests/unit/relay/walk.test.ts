/** A walk through the relay: what a reader does in both terminals, and what the page is told of the debugger. */
import { expect, test } from 'vitest'
import { openFake } from '../../../src/sandbox/fake/fake.ts'
import { openReader } from '../../support/reader.ts'
import { openRelay } from './relay-fixture.ts'

const HANDLER = 'k8s.io/apiserver/pkg/endpoints/handlers.createHandler.func1'

async function openWalk() {
  const { relay, url } = await openRelay()
  relay.goLive({ backend: openFake() })
  const reader = await openReader({ url })
  await reader.session('live')
  await Promise.all([reader.says('debugger', '(dlv)'), reader.says('shell', '$')])
  return { url, reader }
}

test('a breakpoint halts the request, its place and variables are told, and continuing lets it through', async () => {
  const { reader } = await openWalk()
  reader.type('debugger', `break ${HANDLER}`)
  await reader.event((event) => event.type === 'breakpoints' && event.breakpoints.length === 1)
  reader.type('debugger', 'continue')
  await reader.event((event) => event.type === 'target' && event.state.is === 'running')
  const before = reader.messages.length
  reader.type('shell', 'kubectl run nginx --image=nginx')
  const halted = await reader.event((event) => event.type === 'target' && event.state.is === 'halted', before)
  expect(halted).toMatchObject({ state: { at: { function: HANDLER } } })
  await reader.event((event) => event.type === 'variables', before)
  await reader.event((event) => event.type === 'stack', before)
  expect(reader.text('shell')).not.toContain('created')
  reader.type('debugger', 'continue')
  await reader.says('shell', 'pod/nginx created')
})

test('a page that joins while the target is halted is told where, with variables and stack', async () => {
  const { url, reader } = await openWalk()
  reader.type('debugger', `break ${HANDLER}`)
  reader.type('debugger', 'continue')
  reader.type('shell', 'kubectl run nginx --image=nginx')
  await reader.event((event) => event.type === 'stack' && event.frames[0]?.function === HANDLER)
  const late = await openReader({ url, cookie: reader.cookie })
  for (const type of ['target', 'variables', 'stack', 'breakpoints']) await late.event((event) => event.type === type)
  await late.says('debugger', /\(dlv\)$/)
  expect(late.text('debugger')).toBe(reader.text('debugger'))
})

test('a value is expanded while the target is halted, and refused with the reason while it runs', async () => {
  const { reader } = await openWalk()
  reader.type('debugger', 'continue')
  await reader.event((event) => event.type === 'target' && event.state.is === 'running')
  reader.send({ type: 'expand', request: 1, expression: 'req', frame: 0 })
  expect(await reader.message((message) => message.type === 'variable')).toMatchObject({
    request: 1,
    variable: null,
    why: expect.stringContaining('running'),
  })
  const before = reader.messages.length
  reader.send({ type: 'halt' })
  await reader.event((event) => event.type === 'target' && event.state.is === 'halted', before)
  await reader.says('debugger', /\(dlv\)$/)
})
