import { bearerToken } from './bearer-token.ts'
import type { PublicAddress } from './public-address.ts'
import { headerOf, type RequestHead } from './request-head.ts'
import { cookieValues } from './session-cookie.ts'

/** How the holder of a session proved it. Only a cookie travels by itself, so only it needs the cross-site check. */
export type CredentialKind = 'cookie' | 'bearer'

export type Credential =
  | { readonly kind: 'none' }
  | Shown
  /** It cannot be a token; nothing is looked up. */
  | { readonly kind: 'malformed' }
  /** Cookie and bearer token together: whichever were believed, somebody may have smuggled in the other. */
  | { readonly kind: 'both' }
  /** Two cookies of our name. */
  | { readonly kind: 'planted' }

/** What may be a token, and how it came. */
export interface Shown {
  readonly kind: CredentialKind
  readonly token: string
}

/** The one credential of a request. A token in the URL, in a body or in any other header is none. */
export function credentialOf(head: RequestHead, address: PublicAddress): Credential {
  return credentialIn(headerOf(head, 'cookie'), headerOf(head, 'authorization'), address)
}

/** As `credentialOf`, by the only two headers that count. */
export function credentialIn(
  cookieHeader: string | null,
  authorizationHeader: string | null,
  address: PublicAddress,
): Credential {
  const cookies = cookieValues(cookieHeader, address.cookieName)
  const bearer = bearerToken(authorizationHeader)
  if (cookies.length > 1) return { kind: 'planted' }
  const [cookie] = cookies
  if (cookie !== undefined) {
    return bearer.kind === 'absent' ? { kind: 'cookie', token: cookie } : { kind: 'both' }
  }
  if (bearer.kind === 'absent') return { kind: 'none' }
  return bearer.kind === 'present' ? { kind: 'bearer', token: bearer.token } : { kind: 'malformed' }
}
