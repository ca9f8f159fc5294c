import { systemClock } from '../foundation/time.ts'
import { clearedAtSignOut, clearSiteDataHeaders } from './clear-site-data.ts'
import { parseTrustedProxies } from './client-address.ts'
import { clientHintHeaders } from './client-hint-headers.ts'
import { mayObtainCookie } from './cross-site-check.ts'
import { checkForwardedHeader } from './forwarded-hops.ts'
import { guardChecks } from './guard-checks.ts'
import type { SessionGuard, SessionGuardOptions } from './guard-interface.ts'
import { endSession, renewSession, rotate, startSession } from './guard-sessions.ts'
import { parsePublicUrl } from './public-address.ts'
import { noteRefusedRequests } from './refused-requests.ts'
import { requestFacts } from './request-facts.ts'
import { type ConnectionFacts, type RequestHead, unknownConnection } from './request-head.ts'
import { sourceNames } from './request-source.ts'
import { clearingCookie, sessionCookie } from './session-cookie.ts'

export type {
  EndedSession,
  RenewedSession,
  SessionGuard,
  SessionGuardOptions,
  StartedSession,
} from './guard-interface.ts'

/**
 * Throws `invalid-argument` for a public URL, a CIDR or a header that cannot be.
 *
 * @example
 * ```ts
 * const guard = createSessionGuard({ sessions, publicUrl: 'https://app.example.com' })
 * const outcome = await guard.check(request)
 * ```
 */
export function createSessionGuard(options: SessionGuardOptions): SessionGuard {
  const { sessions, clock = systemClock } = options
  const address = parsePublicUrl(options.publicUrl, options.allowedOrigins)
  const trusted = parseTrustedProxies(options.trustedProxies ?? [])
  const forwardedHeader = checkForwardedHeader(options.forwardedHeader ?? 'x-forwarded-for')
  const clearing = clearSiteDataHeaders(options.clearAtSignOut ?? clearedAtSignOut)
  const noteRefused = noteRefusedRequests(sessions, clock, sourceNames(options.secret))
  const facts: SessionGuard['facts'] = (head, connection = unknownConnection) =>
    requestFacts(head, connection, trusted, forwardedHeader)
  const addressOf = (head: RequestHead, connection: ConnectionFacts): string | null =>
    facts(head, connection).ipAddress
  const guard: SessionGuard = {
    cookieName: address.cookieName,
    clientHintHeaders,
    ...guardChecks({ sessions, address, noteRefused, addressOf }),
    noteRefused,
    facts,
    mayObtainCookie: (head) => mayObtainCookie(head, address),
    sessionCookie: ({ session, token }) => sessionCookie(token, session.expiresAt, clock.now(), address),
    clearingCookie: () => clearingCookie(address),
    signOutHeaders: clearing,
    startSession: (head, newSession, connection) => startSession(parts, head, newSession, connection),
    renewSession: (head, renewal, asked = {}) => renewSession(parts, head, renewal, asked),
    rotate: (head, request) => rotate(parts, head, request),
    endSession: (head, asked = {}) => endSession(parts, head, asked),
  }
  const parts = { guard, sessions, address }
  return guard
}
