import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isAlive, kill, nameOf, ownerIn, processOf, thisProcess } from '../../../../src/sandbox/bubblewrap/owner.ts'
import { forAnotherUser } from '../../../../src/sandbox/bubblewrap/reach.ts'
import { sweep } from '../../../../src/sandbox/bubblewrap/sweep.ts'

const NO_GROUPS = { is: 'none', why: '' } as const

test('a process is known by its id and its start, so that a new one with an old id is another', () => {
  const owner = thisProcess()
  expect(isAlive(owner)).toBe(true)
  expect(isAlive({ ...owner, started: '1' })).toBe(false)
  expect(ownerIn(`${nameOf(owner)}-abc`)).toEqual(owner)
  expect(ownerIn('another-thing')).toBeNull()
})

test('a process that ended is gone', async () => {
  const child = spawn('cat')
  const owner = processOf(child.pid as number)
  expect(owner && isAlive(owner)).toBe(true)
  child.stdin.end()
  await once(child, 'exit')
  expect(owner && isAlive(owner)).toBe(false)
  expect(processOf(child.pid as number)).toBeNull()
})

test('folders of dead relays are swept, those of living ones stay', async () => {
  const prefix = join(tmpdir(), 'follow-the-request-')
  const dead = await mkdtemp(`${prefix}${process.pid}-1-`)
  const alive = await mkdtemp(`${prefix}${nameOf(thisProcess())}-`)
  expect(await sweep(NO_GROUPS)).toContain(dead)
  const left = (await readdir(tmpdir())).map((name) => join(tmpdir(), name))
  expect(left).toContain(alive)
  expect(left).not.toContain(dead)
  await rm(alive, { recursive: true })
})

test('the first process of a sandbox that outlived its killed relay is killed, without control groups too, and a process that got its id is not', async () => {
  const dead = await mkdtemp(join(tmpdir(), `follow-the-request-${process.pid}-1-`))
  await mkdir(join(dead, 'running'))
  const [orphan, another] = [spawn('cat'), spawn('cat')]
  const [first, innocent] = [processOf(orphan.pid as number), processOf(another.pid as number)]
  if (!first || !innocent) throw new Error('cat does not run')
  for (const name of [nameOf(first), nameOf({ ...innocent, started: '1' }), 'no-process']) await writeFile(join(dead, 'running', name), '')
  expect(await sweep(NO_GROUPS)).toEqual(expect.arrayContaining([`process ${nameOf(first)}`, dead]))
  expect([isAlive(first), isAlive(innocent)]).toEqual([false, true])
  kill(innocent)
})

test('control groups that a killed relay made under another parent are swept', async () => {
  const dead = await mkdtemp(join(tmpdir(), `follow-the-request-${process.pid}-1-`))
  const parent = await mkdtemp(join(tmpdir(), 'elsewhere-'))
  const groups = { is: 'v1', folders: [join(parent, 'follow-the-request')] }
  await mkdir(join(parent, 'follow-the-request', `${process.pid}-1-7`), { recursive: true })
  await writeFile(join(dead, 'groups.json'), JSON.stringify(groups))
  await sweep(NO_GROUPS)
  expect(await readdir(parent)).toEqual([])
  await rm(parent, { recursive: true })
})

test('what everybody reaches stays in place, what lies in a closed folder gets a place to be mounted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'reach-'))
  await chmod(folder, 0o755)
  const [open, closed] = [join(folder, 'open'), join(folder, 'closed')]
  await mkdir(open)
  await mkdir(closed, { mode: 0o700 })
  await Promise.all([open, closed].map((parent) => writeFile(join(parent, 'program'), '', { mode: 0o755 })))
  const reach = await forAnotherUser([join(open, 'program'), join(closed, 'program')], folder)
  expect(reach.places.get(join(open, 'program'))).toBe(join(open, 'program'))
  const place = reach.places.get(join(closed, 'program')) as string
  expect(reach.mounts).toEqual([[join(closed, 'program'), place]])
  expect(place.startsWith(folder)).toBe(true)
  await rm(folder, { recursive: true })
})
