import { base32, hmacSha256, sha256 } from '../foundation/bytes.ts'
import { canonicalAddress } from '../foundation/ip-address.ts'
import type { Instant } from '../foundation/time.ts'
import type { Place } from '../model/place.ts'
import type { ChangeOrigin, SessionFacts } from '../model/session.ts'
import { type EventFacts, plainEvent } from '../model/session-event.ts'
import type { SessionId } from '../model/session-token.ts'
import type { Sighting } from '../model/sighting.ts'
import { keptAddress } from '../rules/ip-privacy.ts'
import { networkHasChanged } from '../rules/network-binding.ts'
import { longestUserAgent } from './new-session.ts'
import type { NotedKind } from './noted-changes.ts'
import { locate } from './place-of-address.ts'
import { cutText, senseDevice } from './session-device.ts'
import { sightingOf } from './sighting-of.ts'
import type { VerifyOptions } from './verification.ts'
import type { Wiring } from './wiring.ts'

export function networkIsNoted({ notedChanges }: Wiring, id: SessionId, address: string | null): boolean {
  return notedChanges.isNoted(id, 'network', networkEntry(address))
}

/** For sessions that are bound to their network: every network of each is said. Never rejects: to observe is no reason to refuse. */
export async function noteNetwork(
  wiring: Wiring,
  session: SessionFacts,
  address: string | null,
  origin: ChangeOrigin,
): Promise<void> {
  const place = locate(wiring, address)
  const entries: readonly Noted[] = [
    ['network', networkEntry(address)],
    ['place', placeEntry(place)],
  ]
  await append(wiring, 'session.network-changed', session, seenAt(session, place), {
    address,
    origin,
    lastUsedAt: lastUse(session),
    noted: entries.filter(([kind, what]) => wiring.notedChanges.note(session.id, kind, what)),
  })
}

/**
 * For detectors: an event in the background where a session is used by another client than at sign-in, or in another country
 * or network. Costs two comparisons of texts where nothing has changed. `lastUsedAt`: before this use.
 */
export function noticeChanges(
  wiring: Wiring,
  session: SessionFacts,
  options: VerifyOptions | undefined,
  lastUsedAt: Instant,
  now: Instant,
): void {
  const { network, client } = wiring.notedChanges.observed
  const { ipAddress, userAgent } = options ?? {}
  const use = { options, lastUsedAt, now }
  if (client && userAgent != null && session.userAgent !== null && userAgent !== session.userAgent) {
    noticeClient(wiring, session, userAgent, use)
  }
  if (network && ipAddress != null && session.ipAddress !== null && ipAddress !== session.ipAddress) {
    noticeNetwork(wiring, session, ipAddress, use)
  }
}

interface Use {
  readonly options: VerifyOptions | undefined
  readonly lastUsedAt: Instant
  readonly now: Instant
}

function noticeClient(wiring: Wiring, session: SessionFacts, stated: string, use: Use): void {
  const userAgent = cutText(stated, longestUserAgent)
  if (userAgent === session.userAgent) return
  const entry = base32(sha256(userAgent), 16)
  if (!wiring.notedChanges.note(session.id, 'client', entry)) return
  const address = canonicalAddress(use.options?.ipAddress ?? '')
  const place = locate(wiring, address) ?? session.place
  const seen = {
    sighting: seenByHeader(wiring, { ...session, userAgent, place }),
    before: seenByHeader(wiring, session),
  }
  const origin = originOf(session, use)
  void append(wiring, 'session.client-changed', session, seen, {
    address,
    origin,
    lastUsedAt: use.lastUsedAt,
    noted: [['client', entry]],
  })
}

/**
 * Uses come without client hints: what a header says is compared with what one said. A browser that names itself in hints only
 * would be another one each time that it is updated, as would one that the host gave a name of its own.
 */
function seenByHeader(wiring: Wiring, session: SessionFacts): Sighting {
  const facts = { ipAddress: null, userAgent: session.userAgent, clientHints: null }
  return sightingOf({ ...session, deviceInfo: senseDevice(wiring, facts, null, {}) }, null)
}

/** What is not known is no change: of a network nearby nobody makes an event, however often a phone gets another address. */
function noticeNetwork(wiring: Wiring, session: SessionFacts, stated: string, use: Use): void {
  const address = canonicalAddress(stated)
  if (address === null || !networkHasChanged(session.ipAddress, address)) return
  if (!wiring.notedChanges.note(session.id, 'address', networkEntry(address))) return
  const place = locate(wiring, address)
  if (!isElsewhere(session.place, place)) return
  if (!wiring.notedChanges.note(session.id, 'place', placeEntry(place))) return
  const origin = originOf(session, use)
  void append(wiring, 'session.network-changed', session, seenAt(session, place), {
    address,
    origin,
    lastUsedAt: use.lastUsedAt,
    noted: [
      ['address', networkEntry(address)],
      ['place', placeEntry(place)],
    ],
  })
}

function seenAt(session: SessionFacts, place: Place | null): Seen {
  const before = sightingOf(session, null)
  return { sighting: { ...before, place }, before }
}

function isElsewhere(before: Place | null, now: Place | null): boolean {
  return differs(before?.country, now?.country) || differs(before?.network?.asn, now?.network?.asn)
}

function differs<Value>(before: Value | null | undefined, now: Value | null | undefined): boolean {
  return before != null && now != null && before !== now
}

function originOf({ userId }: SessionFacts, { options, now }: Use): ChangeOrigin {
  return { at: now, by: `user:${userId}`, request: options?.request ?? null }
}

type Seen = Pick<EventFacts, 'sighting' | 'before'>

type Noted = readonly [kind: NotedKind, what: string]

interface Circumstances {
  readonly address: string | null
  readonly origin: ChangeOrigin
  readonly lastUsedAt: Instant
  /** Taken back where the event cannot be written, so that the next use says it. */
  readonly noted: readonly Noted[]
}

async function append(
  { notedChanges, storage, report }: Wiring,
  type: 'session.network-changed' | 'session.client-changed',
  session: SessionFacts,
  seen: Seen,
  { address, origin: { at, by, request }, lastUsedAt, noted }: Circumstances,
): Promise<void> {
  const { sourceKey } = notedChanges
  const source =
    sourceKey === null || address === null ? null : sourceName(sourceKey, keptAddress(address, 'truncated'))
  const event = plainEvent({
    type,
    at,
    actor: by,
    sessionId: session.id,
    userId: session.userId,
    deviceId: session.deviceId,
    request,
    before: { last_used_at: lastUsedAt },
    after: source === null ? null : { source },
    facts: { ...seen, ended: null },
  })
  await storage.events.append([event]).catch((error: unknown) => {
    for (const [kind, what] of noted) notedChanges.takeBack(session.id, kind, what)
    report(error, 'session-changes')
  })
}

export function lastUse({ lastAccessedAt, createdAt }: SessionFacts): Instant {
  return lastAccessedAt ?? createdAt
}

function networkEntry(address: string | null): string {
  return keptAddress(address, 'truncated') ?? ''
}

function placeEntry(place: Place | null): string {
  return `${place?.country ?? ''} ${place?.network?.asn ?? ''}`
}

/** The same for the same network, and nobody without the key can tell which it is. */
function sourceName(key: Uint8Array, network: string | null): string {
  return base32(hmacSha256(key, network ?? ''), 16)
}
