import type { PublicAddress } from './public-address.ts'
import { headerOf, type RequestHead } from './request-head.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** `unknown`: neither header is there, so no browser of the last years sent it. */
export type RequestSite = 'own' | 'foreign' | 'unknown'

/** Whose pages may act: the application's own, and those of origins that it names. */
export type OwnOrigins = Pick<PublicAddress, 'origin' | 'allowedOrigins'>

/**
 * Whether the request changes something: by its method, or as a WebSocket handshake, which is a GET that opens
 * a channel for writing. What a header says of another method (`X-HTTP-Method-Override`) counts for nothing.
 */
export function isUnsafe(head: RequestHead): boolean {
  if (!safeMethods.has(head.method ?? 'GET')) return true
  const protocols = headerOf(head, 'upgrade')?.toLowerCase().split(',') ?? []
  return protocols.some((protocol) => protocol.trim() === 'websocket')
}

/**
 * Which site a request comes from: Fetch Metadata first, as no script can set it; where it is absent, `Origin`.
 * A sibling domain (`same-site`) is as foreign as any other, unless its `Origin` is allowed by name. `none` is the
 * user's own doing: an address typed in.
 */
export function requestSite(head: RequestHead, { origin: own, allowedOrigins }: OwnOrigins): RequestSite {
  const origin = headerOf(head, 'origin')
  if (origin !== null && allowedOrigins.has(origin)) return 'own'
  const site = headerOf(head, 'sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none' ? 'own' : 'foreign'
  if (origin === null) return 'unknown'
  return origin === own ? 'own' : 'foreign'
}

/** Whether a request that carries the session cookie may act: an unsafe one has to prove that it is our own. */
export function mayActByCookie(head: RequestHead, origins: OwnOrigins): boolean {
  return !isUnsafe(head) || requestSite(head, origins) === 'own'
}

/**
 * Whether a request without a session may obtain a cookie (signing in): refused when it is known to be foreign.
 * Every browser says so on a cross-site POST; programs such as curl say nothing and hold nobody's cookie.
 */
export function mayObtainCookie(head: RequestHead, origins: OwnOrigins): boolean {
  return !isUnsafe(head) || requestSite(head, origins) !== 'foreign'
}
