/** Kept in memory only, so that it stands in no history, bookmark or screenshot. */
let kept: string | null = null

const path = '/alert-answer'

/** The token of a link (`/alert-answer#token=…` or `?token=…`), which is taken out of the address bar. */
export function takeAnswerToken(): string | null {
  const { hash, search, pathname } = window.location
  if (pathname !== path) return kept
  const token = tokenIn(hash.replace(/^#/, '')) ?? tokenIn(search)
  if (token === null) return kept
  kept = token
  window.history.replaceState(window.history.state, '', pathname)
  return kept
}

function tokenIn(text: string): string | null {
  const token = new URLSearchParams(text).get('token')
  return token === '' ? null : token
}
