import { bearerToken } from './bearer-token.ts'
import type { PublicAddress } from './public-address.ts'
import { headerOf, type RequestHead } from './request-head.ts'
import { cookieValues } from './session-cookie.ts'

/** How the holder of a session proved it. Only a cookie travels by itself, so only it needs the cross-site check. */
export type CredentialKind = 'cookie' | 'bearer'

export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: CredentialKind; readonly token: string }
  /** It cannot be a token; nothing is looked up. */
  | { readonly kind: 'malformed' }
  /** Cookie and bearer token together: whichever were believed, somebody may have smuggled in the other. */
  | { readonly kind: 'both' }
  /** Two cookies of our name. */
  | { readonly kind: 'planted' }

/** The one credential of a request. A token in the URL, in a body or in any other header is none. */
export function credentialOf(head: RequestHead, address: PublicAddress): Credential {
  const cookies = cookieValues(headerOf(head, 'cookie'), address.cookieName)
  const bearer = bearerToken(headerOf(head, 'authorization'))
  if (cookies.length > 1) return { kind: 'planted' }
  const [cookie] = cookies
  if (cookie !== undefined) {
    return bearer.kind === 'absent' ? { kind: 'cookie', token: cookie } : { kind: 'both' }
  }
  if (bearer.kind === 'absent') return { kind: 'none' }
  return bearer.kind === 'present' ? { kind: 'bearer', token: bearer.token } : { kind: 'malformed' }
}
