/** Steps as they run: when they are over, and why a promise was broken. */
import { describe, expect, test } from 'vitest'
import { words } from '../../../../src/book/check/promise.ts'
import { LATE_HALT_MS, StepRun, type StepStart } from '../../../../src/book/check/step-run.ts'
import type { DebuggerEvent, Place, TargetState } from '../../../../src/delve/state.ts'

const create: Place = {
  file: 'k8s.io/apiserver@v0.36.3/pkg/endpoints/handlers/create.go',
  line: 182,
  function: 'k8s.io/apiserver/pkg/endpoints/handlers.createHandler.func1',
}
const installer: Place = {
  file: 'k8s.io/apiserver@v0.36.3/pkg/endpoints/installer.go',
  line: 1300,
  function: 'k8s.io/apiserver/pkg/endpoints.restfulCreateResource.func1',
}
const breakpoint = { id: 1, name: 'create', places: [create], condition: '', disabled: false }

const halted = (at: Place, more: { frame?: number; breakpoint?: string | null } = {}): TargetState => ({
  is: 'halted',
  goroutine: 7,
  frame: more.frame ?? 0,
  at,
  breakpoint: more.breakpoint === undefined ? 'create' : more.breakpoint,
})
const target = (state: TargetState): DebuggerEvent => ({ type: 'target', state })

function run(start: Partial<StepStart>): StepRun {
  return new StepRun({ terminal: 'debugger', promises: [], stops: { create }, target: null, breakpoints: [], ...start })
}

test('a debugger step is over when the prompt is back, not before', () => {
  const step = run({ promises: [{ says: '"pods"' }] })
  step.typed('print scope.Resource.Resource', 100)
  expect(step.output('(dlv)', '(dlv) ', 101).is).toBe('running')
  expect(step.output('(dlv) print scope.Resource.Resource', '(dlv) print scope.Resource.Resource', 102).is).toBe('running')
  expect(step.output('(dlv) print scope.Resource.Resource\n"pods"', '"pods"', 103).is).toBe('running')
  const report = step.output('(dlv) print scope.Resource.Resource\n"pods"\n(dlv)', '(dlv) ', 110)
  expect(report).toEqual({ is: 'done', took: 10, said: '"pods"', verdicts: [{ is: 'kept', promise: { says: '"pods"' }, promised: '"pods"' }] })
})

test('a step that promises to run is over when the target runs', () => {
  const step = run({ promises: [{ runs: true }], target: halted(create) })
  step.typed('continue', 0)
  expect(step.output('(dlv) continue', '', 5).is).toBe('running')
  expect(step.debugger(target({ is: 'running' }), 8)).toMatchObject({ is: 'done', took: 8, verdicts: [{ is: 'kept' }] })
})

test('a shell step that promises a halt is over when the server halts, though the command waits', () => {
  const step = run({ terminal: 'shell', promises: [{ halts: 'create' }], target: { is: 'running' } })
  step.typed('kubectl run nginx --image=nginx', 0)
  expect(step.output('$ kubectl run nginx --image=nginx', '', 5).is).toBe('running')
  expect(step.debugger(target(halted(create)), 60)).toMatchObject({ is: 'done', verdicts: [{ is: 'kept' }] })
})

test('a halt in a method of a generic type is at its stop, whatever the types are', () => {
  const place = { file: 'k8s.io/kubernetes@v1.36.3/pkg/serviceaccount/jwt.go', line: 403 }
  const stop = { ...place, function: 'k8s.io/kubernetes/pkg/serviceaccount.(*jwtTokenAuthenticator[...]).AuthenticateToken' }
  const types = 'go.shape.struct { Kubernetes k8s.io/kubernetes/pkg/serviceaccount.kubernetes "json:\\"kubernetes.io,omitempty\\"" }'
  const at = { ...place, function: `k8s.io/kubernetes/pkg/serviceaccount.(*jwtTokenAuthenticator[${types}]).AuthenticateToken` }
  const step = run({ terminal: 'shell', promises: [{ halts: 'claims' }], stops: { claims: stop }, target: { is: 'running' } })
  step.typed('curl', 0)
  expect(step.debugger(target(halted(at)), 60)).toMatchObject({ is: 'done', verdicts: [{ is: 'kept' }] })
  expect(words(at)).toBe('serviceaccount.(*jwtTokenAuthenticator[...]).AuthenticateToken (jwt.go:403)')
})

test('a debugger step that promises a halt waits a little for its word after the prompt', () => {
  const step = run({ promises: [{ halts: 'create' }], target: halted(installer) })
  step.typed('continue', 0)
  step.debugger(target({ is: 'running' }), 1)
  expect(step.output('(dlv) continue\n> [create] …\n(dlv)', '(dlv) ', 10)).toEqual({ is: 'running', until: 10 + LATE_HALT_MS })
  expect(step.debugger(target(halted(create)), 12)).toMatchObject({ is: 'done', took: 12, verdicts: [{ is: 'kept' }] })
})

test('a shell step is over at the mark of its end, even without a prompt', () => {
  const step = run({ terminal: 'shell', promises: [{ says: 'nginx … Pending' }] })
  step.typed('kubectl get pod nginx', 0)
  step.output('# kubectl get pod nginx\nnginx   0/1   Pending   0   3s', '', 5)
  expect(step.commandEnded(0, 6)).toMatchObject({ is: 'done', said: 'nginx   0/1   Pending   0   3s', verdicts: [{ is: 'kept' }] })
})

test('a command that the line editor cut to fit is over at the next prompt all the same', () => {
  const step = run({ promises: [{ quiet: true }] })
  step.typed('cond create scope.Resource.Resource == "pods"', 0)
  expect(step.output('(dlv) {e.Resource == "pods"', '(dlv) {e.Resource == "pods"', 1).is).toBe('running')
  expect(step.output('(dlv) {e.Resource == "pods"\n(dlv)', '(dlv) ', 2)).toMatchObject({ is: 'done', said: '', verdicts: [{ is: 'kept' }] })
})

test('a command that was to say nothing, yet did, breaks its promise', () => {
  const step = run({ promises: [{ quiet: true }] })
  step.typed('cond create x', 0)
  const report = step.output('(dlv) cond create x\nCommand failed: no breakpoint with name "create"\n(dlv)', '(dlv) ', 2)
  expect(report).toMatchObject({ is: 'done', verdicts: [{ is: 'broken', got: 'Command failed: no breakpoint with name "create"' }] })
})

test('what is said later does not change a verdict', () => {
  const step = run({ promises: [{ runs: true }] })
  step.typed('continue', 0)
  const done = step.debugger(target({ is: 'running' }), 1)
  expect(step.output('(dlv) continue\nCommand failed\n(dlv)', '(dlv) ', 9)).toEqual(done)
})

describe('why a promise was broken', () => {
  function broken(start: Partial<StepStart>, act: (step: StepRun) => unknown): { got: string; why: string } {
    const step = run(start)
    step.typed('it', 0)
    act(step)
    const report = step.giveUp(1)
    const verdict = report.is === 'done' ? report.verdicts[0] : undefined
    if (verdict?.is !== 'broken') throw new Error('the promise was kept')
    return verdict
  }
  const said = (words: string) => (step: StepRun) => step.output(`(dlv) it\n${words}\n(dlv)`, '(dlv) ', 1)

  test('another frame is selected', () => {
    const { why } = broken(
      { promises: [{ says: '"pods"' }], target: halted(installer, { frame: 1 }) },
      said('Command failed: could not find symbol value for scope'),
    )
    expect(why).toMatchInlineSnapshot(
      `"Frame 1 is selected, so Delve looked for that name in k8s.io/apiserver/pkg/endpoints.restfulCreateResource.func1. Type \`frame 0\` and ask again."`,
    )
  })
  test('the server is halted elsewhere', () => {
    const { why } = broken(
      { promises: [{ says: '"pods"' }], target: halted(installer) },
      said('Command failed: could not find symbol value for scope'),
    )
    expect(why).toMatchInlineSnapshot(
      `"The server is halted in k8s.io/apiserver/pkg/endpoints.restfulCreateResource.func1, where that name does not exist."`,
    )
  })
  test('the server runs, so there is no prompt', () => {
    expect(broken({ promises: [{ says: '"pods"' }], target: { is: 'running' } }, () => {})).toMatchInlineSnapshot(`
      {
        "got": "nothing",
        "is": "broken",
        "promise": {
          "says": ""pods"",
        },
        "promised": ""pods"",
        "why": "The server runs, so Delve has no prompt. Halt it first.",
      }
    `)
  })
  test('the breakpoint is not set', () => {
    const { got, why } = broken({ terminal: 'shell', promises: [{ halts: 'create' }], target: { is: 'running' } }, (step) =>
      step.output('$ it\npod/nginx created\n$', '$ ', 1),
    )
    expect([got, why]).toMatchInlineSnapshot(`
      [
        "the server runs",
        "No breakpoint is set there. Run the step that sets it first.",
      ]
    `)
  })
  test('its condition was not met', () => {
    const set = { ...breakpoint, condition: 'scope.Resource.Resource == "secrets"' }
    expect(
      broken({ terminal: 'shell', promises: [{ halts: 'create' }], target: { is: 'running' }, breakpoints: [set] }, () => {}).why,
    ).toMatchInlineSnapshot(`"The breakpoint is set, but its condition \`scope.Resource.Resource == "secrets"\` was not met."`)
  })
  test('another breakpoint was hit first', () => {
    const other = { ...breakpoint, id: 2, name: '', places: [installer] }
    const { got, why } = broken(
      { terminal: 'shell', promises: [{ halts: 'create' }], target: { is: 'running' }, breakpoints: [breakpoint, other] },
      (step) => step.debugger(target(halted(installer, { breakpoint: '2' })), 1),
    )
    expect([got, why]).toMatchInlineSnapshot(`
      [
        "halted at endpoints.restfulCreateResource.func1 (installer.go:1300)",
        "Another breakpoint, \`2\` in k8s.io/apiserver/pkg/endpoints.restfulCreateResource.func1, was hit first. \`continue\` goes on to the next.",
      ]
    `)
  })
  test('the server was halted already', () => {
    expect(
      broken({ terminal: 'shell', promises: [{ halts: 'create' }], target: halted(create), breakpoints: [breakpoint] }, () => {}).why,
    ).toMatchInlineSnapshot(`"The server was halted already, so nothing could reach the breakpoint. \`continue\` first."`)
  })
  test('the Pod is there from an earlier run', () => {
    const start: Partial<StepStart> = {
      terminal: 'shell',
      promises: [{ halts: 'create' }],
      target: { is: 'running' },
      breakpoints: [{ ...breakpoint, condition: 'false' }],
    }
    expect(
      broken(start, (step) => step.output('$ it\nError from server (AlreadyExists): pods "nginx" already exists\n$', '$ ', 1)).why,
    ).toMatchInlineSnapshot(`"It is there from an earlier run. \`kubectl delete pods nginx --now\` removes it."`)
  })
  test('the breakpoint is set already', () => {
    expect(broken({ promises: [{ says: 'set at' }] }, said('Command failed: breakpoint name already exists')).why).toMatchInlineSnapshot(
      `"That breakpoint is set already. Go on with the next step."`,
    )
  })
  test('the server has ended', () => {
    expect(broken({ promises: [{ says: '"pods"' }] }, said('Process 7 has exited with status 1')).why).toMatchInlineSnapshot(
      `"The API server has ended. Take a new sandbox."`,
    )
  })
})
