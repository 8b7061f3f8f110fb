/** The chapters' text as an Astro collection. Titles, order and stages are in `content/book.yaml`, so a chapter has no frontmatter. */

import { defineCollection } from 'astro:content'
import { glob } from 'astro/loaders'
import { z } from 'astro/zod'

const chapters = defineCollection({
  loader: glob({ base: './content', pattern: '**/[^_]*.mdx' }),
  schema: z.strictObject({}),
})

export const collections = { chapters }
