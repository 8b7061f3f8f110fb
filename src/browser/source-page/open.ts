/**
 * A source page comes to life: line numbers, target, colours, outline, sticky heading, what the book knows. Small, since it is loaded at once; what
 * needs a session is fetched when there may be one.
 */
import type { SourcePageData } from '../../source/page/data.ts'
import { required } from '../element.ts'
import { withNames } from './names.ts'
import { SourcePage } from './source-page.ts'
import { withSession } from './with-session.ts'

const main = required(document, 'main.file')
const data = JSON.parse(required(document, '#data').textContent ?? '{}') as SourcePageData
const page = SourcePage.open(main, data)
withSession(page)
withNames(page, page.links.to('source/files/'))
