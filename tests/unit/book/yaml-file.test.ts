/** A YAML file is parsed once, and again when it has changed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import * as yaml from 'yaml'
import { z } from 'zod'
import { readYaml } from '../../../src/book/yaml-file.ts'

vi.mock('yaml', async (original) => {
  const real = await original<typeof yaml>()
  return { ...real, parseDocument: vi.fn(real.parseDocument) }
})

test('a file is parsed again only when its text is another, and nobody gets what another one was given', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'yaml-file-'))
  try {
    const file = join(folder, 'a.yaml')
    const shape = z.array(z.string())
    await writeFile(file, '- one\n')
    const first = await readYaml(file, shape)
    const second = await readYaml(file, shape)
    expect(yaml.parseDocument).toHaveBeenCalledTimes(1)
    expect(second.data).toEqual(['one'])
    expect(second.data).not.toBe(first.data)
    await writeFile(file, '\n- two\n')
    const third = await readYaml(file, shape)
    expect(third.data).toEqual(['two'])
    expect(third.where([0])).toMatch(/a\.yaml:2$/)
  } finally {
    await rm(folder, { recursive: true })
  }
})
