import { equalInConstantTime } from '../foundation/bytes.ts'
import { canonicalAddress } from '../foundation/ip-address.ts'
import type { Instant } from '../foundation/time.ts'
import type { SessionRecord } from '../model/session.ts'
import { type HashedToken, type SessionId, secretHashBytes } from '../model/session-token.ts'
import { sessionStatus } from '../rules/session-status.ts'
import { termsFor } from '../rules/session-terms.ts'
import { confirmed, isUnconfirmed, shownToken } from '../rules/token-rotation.ts'
import { checkRequestId } from './check-argument.ts'
import { endBySystem, endStolen } from './end-stolen.ts'
import { type JudgedSession, judge, outcomes } from './judge-session.ts'
import type { Verification, VerifyOptions } from './verification.ts'
import type { Wiring } from './wiring.ts'

/** Judged as of `now`, which was before the read: every use up to then is either in the store or noted. */
export async function verifyStored(
  wiring: Wiring,
  { id, secretHash }: HashedToken,
  options: VerifyOptions | undefined,
  now: Instant,
): Promise<Verification> {
  const found = await load(wiring, id, now)
  if (found === null) return outcomes.unknown
  // Whoever has not the secret learns nothing: not even that there is such a session.
  const shown = shownToken(found, secretHashBytes(secretHash), equalInConstantTime, now)
  if (shown === 'unknown') return outcomes.unknown
  if (shown === 'stolen') return stolen(wiring, found, options, now)

  const judged = shown === 'current' ? ofPresentToken(found) : ofTokenBefore(found)
  const answer = await judgeNetworkFirst(wiring, judged, options, now)
  if (answer.active && shown === 'current' && isUnconfirmed(found.rotation)) {
    await confirm(wiring, found, options, now)
  }
  return answer
}

function ofPresentToken(found: SessionRecord): JudgedSession {
  const { rotation, createdAt } = found
  return { ...found, issuedAt: rotation?.issuedAt ?? createdAt, hasPredecessor: rotation !== null }
}

/** It proves what it proved. */
function ofTokenBefore(found: SessionRecord): JudgedSession {
  const previous = found.rotation?.previous ?? found
  const { authenticatedAt, amr } = previous
  return { ...found, authenticatedAt, amr, issuedAt: null, hasPredecessor: true }
}

/** Of a session that is over anyway, the token says nothing new. */
async function stolen(
  wiring: Wiring,
  found: SessionRecord,
  options: VerifyOptions | undefined,
  now: Instant,
): Promise<Verification> {
  if (sessionStatus(found, wiring.policy, now) === 'live') {
    await endStolen(wiring, found, checkRequestId(options?.request))
    return outcomes.revoked
  }
  const answer = judge(wiring, ofPresentToken(found), options, now)
  return answer === 'network-changed' ? outcomes.revoked : answer
}

async function judgeNetworkFirst(
  wiring: Wiring,
  judged: JudgedSession,
  options: VerifyOptions | undefined,
  now: Instant,
): Promise<Verification> {
  const answer = judge(wiring, judged, options, now)
  if (answer !== 'network-changed') return answer
  const request = checkRequestId(options?.request)
  if (termsFor(wiring.policy, judged).networkBinding.value === 'end') {
    await endBySystem(wiring, judged, 'network-change', request)
    return outcomes.revoked
  }
  const address = canonicalAddress(options?.ipAddress ?? '')
  await wiring.networkChanges.note(judged, address, { at: now, by: `user:${judged.userId}`, request })
  const afterwards = judge(wiring, judged, options, now)
  return afterwards === 'network-changed' ? outcomes.revoked : afterwards
}

/**
 * The new token is in use: the one before is good for requests under way only. A storage that does not take it lets
 * the old one be good for the rest of its 30 s.
 */
async function confirm(
  wiring: Wiring,
  found: SessionRecord,
  options: VerifyOptions | undefined,
  now: Instant,
): Promise<void> {
  if (found.rotation === null) return
  const next = { ...found, version: found.version + 1, rotation: confirmed(found.rotation, now) }
  const by = `user:${found.userId}`
  const request = options?.request ?? null
  const replacing = { at: now, by, request, cause: 'confirmation' } as const
  await wiring.storage.sessions
    .replace(next, replacing)
    .catch((error: unknown) => wiring.report(error, 'confirm-token'))
}

async function load(wiring: Wiring, id: SessionId, now: Instant): Promise<SessionRecord | null> {
  const { activity, cache, policy, storage } = wiring
  const underway = cache.startLoad(id, now)
  const notedBefore = activity.noted(id)
  const writesBefore = activity.writes
  let toKeep: SessionRecord | null = null
  try {
    const stored = await storage.sessions.find(id)
    if (stored === null) return null
    const record = activity.withNewestUse(stored, notedBefore)
    const isLive = sessionStatus(record, policy, now) === 'live'
    // The first use of a new token is to be written down, wherever that is: it must not be answered from a cache.
    if (isLive && activity.writes === writesBefore && !isUnconfirmed(record.rotation)) toKeep = record
    return record
  } finally {
    cache.finishLoad(underway, toKeep)
  }
}
