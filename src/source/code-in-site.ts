/** Puts the code index into a built site, where pages load it by need. */
import { constants } from 'node:fs'
import { access, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** The file that pages ask for first. It names the folder of the shards, so that an index is there as a whole or not at all. */
const ROOT = 'index.json'
/** What is being written; servers of static files leave out names that begin with a dot. */
const UNFINISHED = '.unfinished'

/** Whether a site has an index. A site is replaced as a whole, without one, when anything changes that an index is made from. */
export async function hasCodeIndex(site: string): Promise<boolean> {
  return await access(join(site, 'source/code', ROOT)).then(
    () => true,
    () => false,
  )
}

/** Copies the index in `folder` into the site; one that is being read is replaced in one moment. What a killed run left is removed. */
export async function putCodeIndex(folder: string, site: string): Promise<void> {
  const place = join(site, 'source/code')
  const unfinished = join(place, UNFINISHED)
  const name = basename(folder)
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  const there = await readdir(place)
  if (!there.includes(name)) {
    const shard = /^[frl]\d+\.json$/
    // A copy, not a link: whatever works on the built site must not reach into the cache. Cheap where the disk can share blocks.
    await cp(folder, join(unfinished, name), {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (from) => from === folder || shard.test(basename(from)),
    })
    await rename(join(unfinished, name), join(place, name))
  }
  const root = JSON.parse(await readFile(join(folder, ROOT), 'utf8'))
  await writeFile(join(unfinished, ROOT), JSON.stringify({ folder: name, ...root }))
  await rename(join(unfinished, ROOT), join(place, ROOT))
  for (const other of there) if (other !== name && other !== ROOT) await rm(join(place, other), { recursive: true, force: true })
  await rm(unfinished, { recursive: true, force: true })
}
