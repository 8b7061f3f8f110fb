/** The page of search: the same as the box, under an address that says what was asked, so that it can be linked, reloaded and gone back to. */
import { required } from '../element.ts'
import { SearchView } from './box.ts'

const place = required(document, '#search')
const site = place.dataset.site ?? '/'
const asked = () => new URLSearchParams(location.search).get('q') ?? ''
const view = new SearchView({
  asked: { site, core: fetch(`${site}source/functions/core.json`) },
  limit: 100,
  more: null,
  left: () => {},
  typed: (text) => {
    if (text === asked()) return
    // One entry of the history for all that is typed: Back leads out of search, and forward again to what was asked last.
    history.replaceState(null, '', text === '' ? location.pathname : `?${new URLSearchParams({ q: text })}`)
  },
})
place.replaceChildren(view.root)
view.ask(asked())
view.focus()
addEventListener('popstate', () => view.ask(asked()))
