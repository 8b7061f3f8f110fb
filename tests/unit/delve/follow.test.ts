/** The follower on a real Delve, with a real `dlv connect` for the reader. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type DebuggerFollower, followDebugger } from '../../../src/delve/follow.ts'
import { connectDelve } from '../../../src/delve/rpc.ts'
import type { Variable } from '../../../src/delve/state.ts'
import { findGo } from '../../../src/pins/go.ts'
import { buildTools, type Debuggee, lineOf, type Reader, startDebuggee, type Tools } from '../../support/debuggee.ts'
import { DebuggerEvents } from '../../support/debugger-events.ts'

const noGo = await findGo(process.env).then(
  () => null,
  (error: Error) => error.message,
)
if (noGo) console.warn(`The follower is not tested on a real Delve: ${noGo}`)

describe.skipIf(noGo)('the follower', () => {
  let tools: Tools
  let program: Debuggee
  let follower: DebuggerFollower
  let events: DebuggerEvents
  let reader: Reader

  beforeAll(async () => {
    tools = await buildTools()
  }, 300_000)
  afterAll(() => tools?.close())

  async function follow(...programArguments: string[]) {
    events = new DebuggerEvents()
    program = await startDebuggee(tools, () => follower, ...programArguments)
    follower = followDebugger({ client: connectDelve(await program.dial()), halter: connectDelve(await program.dial()), onEvent: events.take })
  }

  /** Sets a breakpoint on the line with `text`, lets the program handle a request, and waits for the halt. */
  async function haltAt(text: string) {
    reader.type(`break main.go:${await lineOf(text)}`)
    await events.next('breakpoints')
    return continueTo('handle /api/v1')
  }

  async function continueTo(work: string) {
    reader.type('continue')
    await events.target('running')
    program.say(work)
    return events.target('halted')
  }

  beforeEach(async () => {
    await follow()
    await events.target('running')
    reader = await program.attachReader()
    await events.target('halted')
    expect((await events.next('breakpoints')).breakpoints).toEqual([])
  })
  afterEach(async () => {
    follower.close()
    await program.close()
  })

  const EVERYTHING_SET = 'stop: everything is set'
  const byName = (variables: readonly Variable[], name: string) => variables.find((variable) => variable.name === name)

  test('a reader who connects halts the program, and the page is told', () => {
    expect(events.all.map((event) => (event.type === 'target' ? event.state.is : event.type)).slice(0, 2)).toEqual(['running', 'halted'])
  })

  test('a breakpoint typed by hand appears with its place, and is hit by its number', async () => {
    const line = await lineOf(EVERYTHING_SET)
    reader.type(`break main.go:${line}`)
    const { breakpoints } = await events.next('breakpoints')
    expect(breakpoints).toEqual([
      { id: 1, name: '', places: [{ file: 'debuggee/main.go', line, function: 'main.handler.func1' }], condition: '', disabled: false },
    ])
    const halted = await continueTo('handle /api/v1')
    expect(halted).toMatchObject({ goroutine: 1, frame: 0, at: { file: 'debuggee/main.go', line, function: 'main.handler.func1' }, breakpoint: '1' })
  })

  test('the halt is told first, then variables and stack', async () => {
    await haltAt(EVERYTHING_SET)
    const before = events.all.length
    const variables = await events.next('variables')
    const stack = await events.next('stack')
    expect(events.all[before - 1]).toMatchObject({ type: 'target' })
    expect(variables.arguments.map(({ name, value }) => [name, value])).toEqual([
      ['r', expect.stringMatching(/^\*main\.request \{path: "\/api\/v1", labels: /)],
    ])
    expect(byName(variables.locals, 'size')).toMatchObject({ value: '250', type: 'int', expression: 'size', expandable: false })
    expect(byName(variables.locals, 'failure')?.value).toBe('error nil')
    expect(byName(variables.locals, 'missing')?.value).toBe('*main.user nil')
    expect(stack.frames.map((frame) => frame.function)).toEqual(['main.handler.func1', 'main.main', 'runtime.main', 'runtime.goexit'])
    expect(stack).toMatchObject({ goroutine: 1, more: false })
  })

  test('a shadowed variable is told apart from the one that hides it', async () => {
    await haltAt('stop: two variables called size')
    const { locals } = await events.next('variables')
    const sizes = locals.filter((local) => local.name.includes('size'))
    expect(sizes.map(({ name, value }) => [name, value])).toEqual([
      ['(size)', '250'],
      ['size', '"shadowing"'],
    ])
    const hidden = sizes[0]?.expression ?? ''
    expect(await follower.expand(hidden, 0)).toMatchObject({ value: '250' })
  })

  test('next tells that it runs, and where it came to', async () => {
    const { at } = await haltAt(EVERYTHING_SET)
    reader.type('next')
    await events.target('running')
    expect(await events.target('halted')).toMatchObject({ at: { line: at.line + 1 }, breakpoint: null })
  })

  test('up, frame and down change the frame and its variables, and stack changes nothing', async () => {
    await haltAt(EVERYTHING_SET)
    await events.next('stack')
    reader.type('up')
    expect(await events.target('halted')).toMatchObject({ frame: 1, at: { function: 'main.main' }, breakpoint: null })
    const above = await events.next('variables')
    expect(above.frame).toBe(1)
    expect(byName(above.locals, 'verb')?.value).toBe('"handle"')
    reader.type('frame 2')
    expect(await events.target('halted')).toMatchObject({ frame: 2, at: { function: 'runtime.main' } })
    const seen = events.all.length
    reader.type('stack')
    reader.type('frame 0')
    expect(await events.target('halted')).toMatchObject({ frame: 0 })
    expect(events.all.slice(seen).filter((event) => event.type === 'target')).toHaveLength(1)
  })

  test('goroutine N shows where that goroutine waits', async () => {
    await haltAt(EVERYTHING_SET)
    await events.next('stack')
    reader.type('goroutines -with userloc main.go -exec goroutine')
    // Its number differs from run to run: each of Go's processors hands out numbers of its own.
    const goroutine = Number((await reader.heard(/Goroutine (\d+) - User: \S+ main\.wait/))[1])
    reader.type(`goroutine ${goroutine}`)
    expect(await events.target('halted')).toMatchObject({ goroutine, frame: 0, at: { function: 'runtime.gopark' }, breakpoint: null })
    expect(await events.next('stack')).toMatchObject({ goroutine })
  })

  test('a line without a statement is refused in the words of Delve', async () => {
    const line = await lineOf('type owner interface')
    reader.type(`break main.go:${line}`)
    expect(await events.next('break-refused')).toEqual({
      type: 'break-refused',
      location: `main.go:${line}`,
      why: `could not find statement at debuggee/main.go:${line}, please use a line with a statement`,
    })
  })

  test('a second breakpoint on a line is refused, and a condition is told with its breakpoint', async () => {
    const line = await lineOf(EVERYTHING_SET)
    reader.type(`break here main.go:${line} if size == 250`)
    expect((await events.next('breakpoints')).breakpoints).toMatchObject([{ name: 'here', condition: 'size == 250' }])
    reader.type(`break main.go:${line}`)
    expect((await events.next('break-refused')).why).toMatch(/^Breakpoint exists at/)
  })

  test('a breakpoint that is switched off or cleared is told', async () => {
    reader.type(`break first main.go:${await lineOf(EVERYTHING_SET)}`)
    await events.next('breakpoints')
    reader.type('toggle first')
    expect((await events.next('breakpoints')).breakpoints).toMatchObject([{ name: 'first', disabled: true }])
    reader.type('clearall')
    expect((await events.next('breakpoints')).breakpoints).toEqual([])
  })

  test('a value is expanded level by level, and not while the program runs', async () => {
    await haltAt(EVERYTHING_SET)
    const { arguments: given, locals } = await events.next('variables')
    const request = given[0]
    expect(request?.children?.map((child) => [child.name, child.value, child.expandable])).toEqual([
      ['path', '"/api/v1"', false],
      ['labels', 'map[string]string ["app": "nginx"]', true],
      ['numbers', '[]int len: 250, cap: 250, [0,1,4,9,16,25,36,49,...+242 more]', true],
      ['by', expect.stringMatching(/^main\.owner\(\*main\.user\) /), true],
      ['nobody', 'main.owner nil', false],
      ['next', expect.stringMatching(/^\*main\.request \{path: "(long\/)+.*…$/), true],
      ['timeout', '10s', false],
      ['at', 'time.Time(1970-01-01T00:00:00Z)', true],
    ])
    const labels = await follower.expand('r.labels', 0)
    expect(labels.children).toMatchObject([{ name: '["app"]', value: '"nginx"', expression: 'r.labels["app"]' }])
    const numbers = await follower.expand('r.numbers', 0)
    expect(numbers.children).toHaveLength(101)
    expect(numbers.children?.at(-1)).toMatchObject({ name: '[100:]', value: '...+150 more', expression: 'r.numbers[100:]', expandable: true })
    expect((await follower.expand('r.numbers[100:]', 0)).children?.[0]).toMatchObject({ value: '10000' })
    expect((await follower.expand('r.by', 0)).children).toMatchObject([{ name: 'name', value: '"reader"' }, { name: 'groups' }])
    expect((await follower.expand('r.by.groups', 0)).children).toMatchObject([{ value: '"a"' }, { value: '"b"' }])
    expect((await follower.expand('r.next', 0)).children?.[0]?.value).toMatch(/^"(long\/)+.*…$/)
    expect((await follower.expand('byOwner', 0)).children).toMatchObject([{ value: '1' }])
    expect(byName(locals, 'shout')?.value).toBe('main.handler.func1.1')
    await expect(follower.expand('nothing', 0)).rejects.toThrow('could not find symbol value for nothing')
    reader.type('continue')
    await events.target('running')
    await expect(follower.expand('r', 0)).rejects.toThrow('The target is running.')
  })

  describe('halting', () => {
    test('a halt of ours brings the prompt of the reader back', async () => {
      reader.type('continue')
      await events.target('running')
      await follower.halt()
      reader.type('break main.main')
      await events.next('breakpoints')
    })

    test('a halt that comes at the very moment of continue is not lost', async () => {
      for (let round = 0; round < 5; round++) {
        reader.type('continue')
        await events.target('running')
        await follower.halt()
      }
      expect(events.all.at(-1)).not.toMatchObject({ type: 'target', state: { is: 'running' } })
    })

    test('a halt while it is halted does nothing', async () => {
      const seen = events.all.filter((event) => event.type === 'target').length
      await follower.halt()
      expect(events.all.filter((event) => event.type === 'target')).toHaveLength(seen)
    })

    test('Ctrl-C in the terminal of the reader is told', async () => {
      reader.type('continue')
      await events.target('running')
      reader.interrupt()
      reader.type('p')
      await events.target('halted')
    })
  })

  describe('what else may stop it', () => {
    test('next that meets a breakpoint halts there', async () => {
      await haltAt(EVERYTHING_SET)
      reader.type(`break inner main.go:${await lineOf('strings.ToUpper(s)')}`)
      expect((await events.next('breakpoints')).breakpoints).toHaveLength(2)
      reader.type('next')
      await events.target('running')
      expect(await events.target('halted')).toMatchObject({ at: { function: 'main.handler.func1.1' }, breakpoint: 'inner' })
      reader.type('s')
      reader.type('clear inner')
      await events.next('breakpoints')
    })

    test('a panic halts, and going on ends the program', async () => {
      expect(await continueTo('panic')).toMatchObject({ breakpoint: 'unrecovered-panic' })
      reader.type('continue')
      expect((await events.target('exited')).why).toMatch(/^Process \d+ has exited with status 2$/)
      await expect(follower.halt()).rejects.toThrow('has exited')
    })

    test('a program that ends is told, and restart brings it back', async () => {
      reader.type('continue')
      await events.target('running')
      program.say('exit 3')
      expect((await events.target('exited')).why).toMatch(/has exited with status 3$/)
      reader.type('restart')
      await events.target('halted')
    })

    test('a tracepoint is no halt', async () => {
      reader.type(`trace main.go:${await lineOf('strings.ToUpper(s)')}`)
      await events.next('breakpoints')
      reader.type('continue')
      await events.target('running')
      program.say('handle /traced')
      program.say('exit 0')
      await events.target('exited')
      expect(events.all.slice(-2)).toMatchObject([{ state: { is: 'running' } }, { state: { is: 'exited' } }])
      expect(reader.said()).toContain('main.handler.func1.1')
    })

    test('when the terminal of the reader dies while the program runs, the next halt is still told', async () => {
      reader.type(`break main.go:${await lineOf(EVERYTHING_SET)}`)
      await events.next('breakpoints')
      reader.type('continue')
      await events.target('running')
      await reader.kill()
      program.say('handle /later')
      expect(await events.target('halted')).toMatchObject({ breakpoint: '1' })
    })
  })

  test('a late joiner is told where things are now', async () => {
    await haltAt(EVERYTHING_SET)
    await events.next('stack')
    expect(follower.current().map((event) => event.type)).toEqual(['target', 'variables', 'stack', 'breakpoints'])
    reader.type('continue')
    await events.target('running')
    expect(follower.current()).toMatchObject([{ type: 'target', state: { is: 'running' } }, { type: 'breakpoints' }])
  })
})
