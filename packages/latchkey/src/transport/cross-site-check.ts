import { headerOf, type RequestHead } from './request-head.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/** `unknown`: neither header is there, so no browser of the last years sent it. */
export type RequestSite = 'own' | 'foreign' | 'unknown'

/**
 * Whether the request changes something: by its method, or as a WebSocket handshake, which is a GET that opens
 * a channel for writing.
 */
export function isUnsafe(head: RequestHead): boolean {
  const upgrade = headerOf(head, 'upgrade')
  return !safeMethods.has(head.method ?? 'GET') || upgrade?.toLowerCase() === 'websocket'
}

/**
 * Which site a request comes from: Fetch Metadata first, as no script can set it; where it is absent, `Origin`.
 * A sibling domain (`same-site`) is as foreign as any other. `none` is the user's own doing: an address typed in.
 */
export function requestSite(head: RequestHead, publicOrigin: string): RequestSite {
  const site = headerOf(head, 'sec-fetch-site')
  if (site !== null) return site === 'same-origin' || site === 'none' ? 'own' : 'foreign'
  const origin = headerOf(head, 'origin')
  if (origin === null) return 'unknown'
  return origin === publicOrigin ? 'own' : 'foreign'
}

/** Whether a request that carries the session cookie may act: an unsafe one has to prove that it is our own. */
export function mayActByCookie(head: RequestHead, publicOrigin: string): boolean {
  return !isUnsafe(head) || requestSite(head, publicOrigin) === 'own'
}

/**
 * Whether a request without a session may obtain a cookie (signing in): refused when it is known to be foreign.
 * Every browser says so on a cross-site POST; programs such as curl say nothing and hold nobody's cookie.
 */
export function mayObtainCookie(head: RequestHead, publicOrigin: string): boolean {
  return !isUnsafe(head) || requestSite(head, publicOrigin) !== 'foreign'
}
