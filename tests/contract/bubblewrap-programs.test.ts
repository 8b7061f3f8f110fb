/** What readers type beside kubectl and dlv: the webhook that the API server calls, the spans that it sends, the profiles that it makes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { versions } from '../../src/pins/versions.ts'
import { type Backend, PLAIN, type Sandbox } from '../../src/sandbox/sandbox.ts'
import { bubblewrapPossible, openReal } from './built.ts'
import { openTypist, type Typist } from './typist.ts'

const possible = await bubblewrapPossible()
const cannot = possible.is === 'impossible' ? ` (cannot be had here: ${possible.why})` : ''

const TRACING = `apiVersion: apiserver.config.k8s.io/v1
kind: TracingConfiguration
endpoint: 127.0.0.1:4317
samplingRatePerMillion: 1000000
`

describe.skipIf(possible.is === 'impossible')(`programs of a bubblewrap sandbox${cannot}`, () => {
  let backend: Backend
  let sandbox: Sandbox
  let shell: Typist

  beforeAll(async () => {
    backend = await openReal(possible)
    sandbox = await backend.open()
    shell = await openTypist(sandbox, 'shell')
  })
  afterAll(() => backend?.close())

  /** What a command says, both streams. */
  const says = async (command: string) => (await shell.run(command)).said
  /** The API server hears of a new webhook a moment after it is stored: tries until the file of the webhook's words names the Pod. */
  const untilHeard = (command: string, words: string) => says(`for try in $(seq 50); do ${command}; grep -q '${words}' webhook.log && break; done`)

  test('webhook changes, denies and delays Pods, and says what it did', async () => {
    await says('webhook serve > webhook.log 2>&1 &')
    expect(await says('webhook configuration mutating | kubectl apply -f -')).toContain('mutatingwebhookconfiguration')
    await untilHeard('kubectl run tried-$try --image=nginx', 'mutate: CREATE Pod default/tried-')
    await says('kubectl run web --image=nginx')
    expect(await says("kubectl get pod web -o jsonpath='{.metadata.labels}'")).toBe('{"run":"web","webhook":"was-here"}')
    expect(await says('webhook configuration validating | kubectl apply -f -')).toContain('validatingwebhookconfiguration')
    await untilHeard('kubectl run again-$try --image=nginx', 'validate: CREATE Pod default/again-')
    expect(await says('kubectl run unwanted --image=nginx --labels=forbidden=true')).toBe(
      'Error from server: admission webhook "validating.webhook.sandbox" denied the request: a Pod labelled forbidden=true is not wanted here\n',
    )
    await says('webhook configuration slow --seconds 5 --timeout 1 | kubectl apply -f -')
    await untilHeard('kubectl run slow-$try --image=nginx', 'slow: CREATE Pod default/slow-')
    expect(await says('kubectl run slow --image=nginx')).toContain('failed calling webhook "slow.webhook.sandbox"')
    await says('webhook configuration slow --seconds 5 --timeout 1 --failure-policy Ignore | kubectl apply -f -')
    await says('until kubectl run let-through --image=nginx; do :; done')
    const log = await says('grep -E "serving|/web:|unwanted" webhook.log')
    expect(log.split('\n')).toEqual([
      'webhook: serving https://127.0.0.1:8443/mutate, /validate and /slow/SECONDS',
      'mutate: CREATE Pod default/web: allowed, patch [{"op":"add","path":"/metadata/labels/webhook","value":"was-here"}]',
      'mutate: CREATE Pod default/unwanted: allowed, patch [{"op":"add","path":"/metadata/labels/webhook","value":"was-here"}]',
      'validate: CREATE Pod default/unwanted: denied: a Pod labelled forbidden=true is not wanted here',
      '',
    ])
    expect(await says('webhook configuration slow --failure-policy Perhaps')).toBe('webhook: --failure-policy is Fail or Ignore, not "Perhaps"\n')
  })

  test('pprof reads profiles of the API server with the certificate of the reader', async () => {
    for (const [part, file] of [
      ['certificate', 'client.crt'],
      ['key', 'client.key'],
    ]) {
      await says(`kubectl config view --raw -o jsonpath='{.users[0].user.client-${part}-data}' | base64 -d > ${file}`)
    }
    // One connection with request after request: something to be seen in two seconds.
    const load = "'https://127.0.0.1:6443/api/v1/namespaces?[1-1000000]'"
    await says(`curl -s --cacert /etc/kubernetes/pki/ca.crt --cert client.crt --key client.key ${load} > /dev/null &`)
    const credentials = '-tls_ca /etc/kubernetes/pki/ca.crt -tls_cert client.crt -tls_key client.key'
    const top = await says(`go tool pprof ${credentials} -top 'https://127.0.0.1:6443/debug/pprof/profile?seconds=2'`)
    expect(top).toContain(`go: there is no Go here; this is pprof itself (github.com/google/pprof ${versions().pprof}), as the book pins it\n`)
    expect(top).toMatch(/^Duration: 2.*, Total samples = \d+/m)
    expect(top).toMatch(/^ +flat +flat% +sum% +cum +cum%\n(.*\n)*.* k8s\.io\/apiserver\//m)
    await says('kill %curl; wait %curl')
    expect(await says('pprof -svg -output cpu.svg pprof/*.pb.gz')).toBe('Generating report in cpu.svg\n')
    expect(await says("grep -c '<g id=\"node' cpu.svg")).toMatch(/^[1-9]/)
    const source = `-source_path /src/staging/src/k8s.io/apiserver -trim_path k8s.io/apiserver@${versions().staging}`
    const listed = await says(`kubectl get --raw /debug/pprof/goroutine > all.pb.gz; pprof ${source} -list NonBlockingRun all.pb.gz`)
    expect(listed).toMatch(/^ROUTINE =+ k8s\.io\/apiserver\/pkg\/server\.\S+ in pkg\/server\/genericapiserver\.go\n(.*\n)*.* \d+:\tgo func\(\) \{/m)
  })

  test('go says that there is none', async () => {
    expect(await shell.run('go version')).toEqual({ said: 'go: there is no Go here; of its commands only `go tool pprof` works\n', code: 2 })
  })

  test('spans shows what the API server did for one request, down to etcd', async () => {
    const traced = await backend.open({
      setup: {
        ...PLAIN,
        files: { 'tracing.yaml': TRACING },
        server: ['--tracing-config-file=/home/learner/tracing.yaml'],
        // What the API server could not send while it started it tries again after some seconds: what follows waits for that.
        commands: ['setsid spans serve > spans.log 2>&1 &', 'until spans show > /dev/null 2>&1; do :; done'],
      },
    })
    const typist = await openTypist(traced, 'shell')
    await typist.run('kubectl run web --image=nginx')
    // The name of the first span, which ends last: when it has been sent, so have all others.
    const { said } = await typist.run("spans show --filter 'POST /api/v1/namespaces/{:namespace}/pods'")
    const names = said.split('\n').map((line) => line.slice(11).replace(/ {2}\[\d+\.\d+\]$/, ''))
    expect(names).toEqual(
      expect.arrayContaining([
        'POST /api/v1/namespaces/{:namespace}/pods',
        '          Create',
        '            Create etcd3',
        '              etcdserverpb.KV/Txn',
      ]),
    )
    expect(names.map((name) => name.trim())).toEqual(expect.arrayContaining(['· Conversion done', '· Txn call succeeded']))
    const trace = /^trace (\w+)/.exec(said)?.[1]
    expect((await typist.run(`spans show --attributes --trace ${trace}`)).said).toContain('http.target=/api/v1/namespaces/default/pods?')
    expect((await typist.run(`jq -r 'select(.trace == "${trace}" and .parent == null) | .microseconds' spans.jsonl`)).said).toMatch(/^\d+\n$/)
    await traced.close()
  })
})
