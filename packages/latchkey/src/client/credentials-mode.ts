/**
 * Whether cookies travel: to the page's own origin always, to another origin because the application named it
 * as its Latchkey, and never beside a bearer token, which would leave open which of the two counts.
 */
export function credentialsMode(baseUrl: string, token: string | null): RequestCredentials {
  if (token !== null) return 'omit'
  return isOtherOrigin(baseUrl) ? 'include' : 'same-origin'
}

function isOtherOrigin(baseUrl: string): boolean {
  if (typeof location === 'undefined') return baseUrl !== ''
  return new URL(baseUrl || '/', location.href).origin !== location.origin
}
