import { LatchkeyError } from '../foundation/errors.ts'
import type { Session } from '../model/session.ts'
import { parseToken } from '../model/session-token.ts'
import type { CreatedSession, NewSession } from '../operations/create-session.ts'
import type { Renewal } from '../operations/renew-session.ts'
import type { Sessions } from '../operations/sessions.ts'
import { type Credential, credentialOf } from './credential.ts'
import { mayObtainCookie, requestSite } from './cross-site-check.ts'
import { deviceCookies, readDeviceCookie } from './device-cookie.ts'
import type { EndedSession, RenewedSession, SessionGuard, StartedSession } from './guard-interface.ts'
import type { CheckOptions, GuardOutcome } from './guard-outcome.ts'
import type { PublicAddress } from './public-address.ts'
import { renewShown } from './renew-shown.ts'
import { type ConnectionFacts, headerOf, type RequestHead } from './request-head.ts'
import { signOut, succeed, withoutForgotten } from './start-session.ts'

/** What the verbs of a guard work with. */
export interface GuardParts {
  readonly guard: SessionGuard
  readonly sessions: Sessions
  readonly address: PublicAddress
}

export async function startSession(
  { guard, sessions, address }: GuardParts,
  head: RequestHead,
  newSession: NewSession,
  connection: ConnectionFacts | undefined,
): Promise<StartedSession> {
  const options = connection === undefined ? {} : { connection }
  const outcome = await guard.check(head, { ...options, activity: 'background' })
  const previous = await liveSession(guard, head, outcome, options)
  const cookie = readDeviceCookie(headerOf(head, 'cookie'), address)
  const known = { ...guard.facts(head, connection), deviceTokens: cookie.tokens }
  const created = await succeed(sessions, previous, { ...known, ...newSession })
  const setCookies = [guard.sessionCookie(created)]
  if (created.device !== null) {
    const others = await withoutForgotten(sessions, cookie, created.device)
    setCookies.push(...deviceCookies(created.device.token, others, address))
  }
  return { ...created, setCookies }
}

/** The session that the request is in, also while a factor is owed: it gives way to the next, and can be left. */
async function liveSession(
  guard: SessionGuard,
  head: RequestHead,
  outcome: GuardOutcome,
  options: CheckOptions,
): Promise<Session | null> {
  if (outcome.kind === 'signed-in') return outcome.session
  if (!isRefusedFor(outcome, 'pending')) return null
  const pending = await guard.check(head, { ...options, activity: 'background', stage: 'pending' })
  return pending.kind === 'signed-in' ? pending.session : null
}

export async function renewSession(
  { guard, sessions }: GuardParts,
  head: RequestHead,
  renewal: Renewal,
  options: CheckOptions,
): Promise<RenewedSession | null> {
  const stage = renewal.cause === 'factor' ? 'pending' : 'complete'
  const outcome = await guard.check(head, { ...options, stage })
  if (outcome.kind !== 'signed-in') return null
  const request = options.request === undefined ? {} : { request: options.request }
  const renewed = await renewShown(sessions, outcome.session, { ...request, ...renewal })
  if (renewed === null) return null
  const { session, token } = renewed
  const setCookies = outcome.credential === 'cookie' ? [guard.sessionCookie(renewed)] : []
  return { session, token, credential: outcome.credential, setCookies }
}

/**
 * Not for what another site started: it could close the window before the answer is there, and the token that the browser
 * still has would later pass for a stolen one. That nothing can be written now is no reason to fail a request that is in
 * order: the next one tries again.
 */
export async function rotate(
  { guard, sessions, address }: GuardParts,
  head: RequestHead,
  request: string | undefined,
): Promise<readonly string[]> {
  const credential = credentialOf(head, address)
  if (credential.kind !== 'cookie' || requestSite(head, address) === 'foreign') return []
  const rotated = await rotatedOrNull(sessions, credential.token, request)
  return rotated === null ? [] : [guard.sessionCookie(rotated)]
}

async function rotatedOrNull(
  sessions: Sessions,
  token: string,
  request: string | undefined,
): Promise<CreatedSession | null> {
  try {
    return await sessions.rotateSession(token, request === undefined ? {} : { request })
  } catch (error) {
    if (error instanceof LatchkeyError && error.retryable) return null
    throw error
  }
}

export async function endSession(
  { guard, sessions, address }: GuardParts,
  head: RequestHead,
  options: CheckOptions,
): Promise<EndedSession> {
  const outcome = await guard.check(head, { ...options, activity: 'background' })
  if (outcome.kind === 'cross-site' || isForeign(head, address)) {
    return { session: null, setCookie: null, headers: {} }
  }
  const session = await liveSession(guard, head, outcome, options)
  if (session !== null) await signOut(sessions, session, options.request)
  // Its end may not be known everywhere yet, and who is told that they are signed out takes that for final.
  else if (isRefusedFor(outcome, 'revoked')) await endAgain(sessions, credentialOf(head, address))
  return { session, setCookie: guard.clearingCookie(), headers: guard.signOutHeaders }
}

/** Browsers keep a SameSite cookie back from what another site starts, and would heed the answer that takes it away. */
function isForeign(head: RequestHead, address: PublicAddress): boolean {
  return credentialOf(head, address).kind !== 'bearer' && !mayObtainCookie(head, address)
}

function isRefusedFor(outcome: GuardOutcome, reason: 'pending' | 'revoked'): boolean {
  return outcome.kind === 'refused' && outcome.reason === reason
}

/** Changes nothing; resolves when it is refused everywhere. */
async function endAgain(sessions: Sessions, credential: Credential): Promise<void> {
  const token = 'token' in credential ? parseToken(credential.token) : null
  if (token !== null) await sessions.invalidateSession(token.id)
}
