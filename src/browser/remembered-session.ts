/** Whether this browser had a session, kept over a reload and shared by tabs: the little that pages ask before anyone touches them. */

const SESSION = 'follow-the-request/session'

/** Whether this browser had a session that may still be there. */
export function mayHaveSession(): boolean {
  return localStorage.getItem(SESSION) !== null
}

export function rememberSession(on: boolean): void {
  store(SESSION, on ? 'yes' : null)
}

/** Keeps a value in this browser, or nothing. Storage may be full or forbidden: then nothing is remembered, and all else works. */
export function store(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {}
}
