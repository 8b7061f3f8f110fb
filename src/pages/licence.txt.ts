/** The book's licence, as a file of the site: it travels with the pages that stand under it. */
import { readFile } from 'node:fs/promises'
import type { APIRoute } from 'astro'

export const GET: APIRoute = async () => new Response(await readFile('LICENSE', 'utf8'))
