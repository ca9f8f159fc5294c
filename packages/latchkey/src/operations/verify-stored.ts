import type { CachedSession } from '../cache/cached-session.ts'
import { equalInConstantTime, equalTextInConstantTime } from '../foundation/bytes.ts'
import { canonicalAddress } from '../foundation/ip-address.ts'
import type { Instant } from '../foundation/time.ts'
import type { SessionRecord } from '../model/session.ts'
import { type HashedToken, type SecretHash, type SessionId, secretHashBytes } from '../model/session-token.ts'
import { sessionStatus } from '../rules/session-status.ts'
import { termsFor } from '../rules/session-terms.ts'
import {
  confirmed,
  isUnconfirmed,
  type ShownToken,
  shownToken,
  successorIsOwed,
} from '../rules/token-rotation.ts'
import { checkRequestId } from './check-argument.ts'
import { endBySystem, endStolen } from './end-stolen.ts'
import { type JudgedSession, judge, outcomes } from './judge-session.ts'
import { lastUse, noteNetwork, noticeChanges } from './session-changes.ts'
import type { Verification, VerifyOptions } from './verification.ts'
import type { Wiring } from './wiring.ts'

/** Judged as of `now`, which was before the read: every use up to then is either in the store or noted. */
export async function verifyStored(
  wiring: Wiring,
  { id, secretHash }: HashedToken,
  options: VerifyOptions | undefined,
  now: Instant,
): Promise<Verification> {
  const loaded = await load(wiring, id, secretHash, now)
  if (loaded !== null) wiring.decoys.noteFound(loaded.found.id)
  if (loaded === null || loaded.shown === 'unknown') {
    // Whoever has not the secret learns nothing: not even that there is such a session, from how long the answer takes.
    const decoy = wiring.decoys.besides(id, loaded === null ? 'not-found' : 'found')
    findCached(wiring, { id: decoy, secretHash })
    await load(wiring, decoy, secretHash, now)
    return outcomes.unknown
  }
  const { found, shown } = loaded
  if (shown === 'stolen') return stolen(wiring, found, options, now)

  const judged = shown === 'current' ? ofPresentToken(found) : ofTokenBefore(found)
  const answer = await judgeNetworkFirst(wiring, judged, options, now)
  if (answer.active) noticeChanges(wiring, found, options, lastUse(found), now)
  if (answer.active && shown === 'current' && isUnconfirmed(found.rotation)) {
    await confirm(wiring, found, options, now)
  }
  return answer
}

function ofPresentToken(found: SessionRecord): JudgedSession {
  const { rotation, createdAt } = found
  return { ...found, issuedAt: rotation?.issuedAt ?? createdAt, hasPredecessor: rotation !== null }
}

/** It proves what it proved, and allows of that what is allowed still. */
function ofTokenBefore(found: SessionRecord): JudgedSession {
  const previous = found.rotation?.previous ?? found
  const { authenticatedAt, amr } = previous
  const roles = found.roles.filter((role) => previous.roles.includes(role))
  const isOwed = found.rotation !== null && successorIsOwed(found.rotation)
  const token = { issuedAt: null, hasPredecessor: true, successorIsOwed: isOwed }
  return { ...found, authenticatedAt, amr, roles, ...token }
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
  await noteNetwork(wiring, judged, address, { at: now, by: `user:${judged.userId}`, request })
  // By the rest alone: where it could not be written the network is as new as before, and that is no reason to refuse.
  const afterwards = judge(wiring, judged, { ...options, ipAddress: null }, now)
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

/** From the cache, where that is provably current; null also where the secret is another. */
export function findCached(
  { cache, coherence }: Wiring,
  { id, secretHash }: HashedToken,
): CachedSession | null {
  const found = coherence.isCurrent() ? cache.get(id) : undefined
  return found !== undefined && equalTextInConstantTime(found.secretHash, secretHash) ? found : null
}

/** A session, and what the secret is to it by which it was asked for. */
interface Loaded {
  readonly found: SessionRecord
  readonly shown: ShownToken
}

/** Kept is what was asked for by who may: nobody fills a cache with the sessions of others. */
async function load(
  wiring: Wiring,
  id: SessionId,
  secretHash: SecretHash,
  now: Instant,
): Promise<Loaded | null> {
  const { activity, cache, policy, storage } = wiring
  const underway = cache.startLoad(id, now)
  const notedBefore = activity.noted(id)
  const writesBefore = activity.writes
  let toKeep: SessionRecord | null = null
  try {
    const stored = await storage.sessions.find(id)
    if (stored === null) return null
    const found = activity.withNewestUse(stored, notedBefore)
    const isLive = sessionStatus(found, policy, now) === 'live'
    const shown = shownToken(found, secretHashBytes(secretHash), equalInConstantTime, now)
    const isShown = shown === 'current' || shown === 'previous'
    // The first use of a new token is to be written down, wherever that is: it must not be answered from a cache.
    const mayBeKept = isLive && isShown && activity.writes === writesBefore && !isUnconfirmed(found.rotation)
    if (mayBeKept) toKeep = found
    return { found, shown }
  } finally {
    cache.finishLoad(underway, toKeep)
  }
}
