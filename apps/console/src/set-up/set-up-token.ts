/** Kept in memory only, so that the link's secret stands in no history, bookmark or screenshot. */
let kept: string | null = null

/** The token of a set-up link (`/setup#token=…`), which is taken out of the address bar. */
export function takeSetUpToken(): string | null {
  const token = tokenOf(window.location.hash)
  if (token === null) return kept
  kept = token
  window.history.replaceState(window.history.state, '', window.location.pathname)
  return kept
}

export function tokenOf(fragment: string): string | null {
  const token = new URLSearchParams(fragment.replace(/^#/, '')).get('token')
  return token === '' ? null : token
}
