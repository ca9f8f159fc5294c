import type { Instant } from '../foundation/time.ts'
import type { DeviceId } from './device.ts'
import type { Severity } from './finding.ts'
import type { SessionRef } from './session.ts'
import type { SessionId } from './session-token.ts'

/**
 * The liveness predicate as instants that a store can compare. A session that has not ended is live when all
 * of these hold: `expiresAt > expiresAfter`; its lifetime was asked for by the caller or
 * `createdAt > createdAfter`; `activeAfter` is null or `lastAccessedAt ?? createdAt > activeAfter`; its `idleTimeout` is
 * null or `(lastAccessedAt ?? createdAt) + idleTimeout > idleSince`; `notBefore` is null or `createdAt > notBefore`.
 */
export interface LivenessBounds {
  readonly expiresAfter: Instant
  readonly createdAfter: Instant
  /** Null when there is no idle timeout. */
  readonly activeAfter: Instant | null
  /** Now less the resolution of last uses: for sessions with an idle timeout of their own. */
  readonly idleSince: Instant
}

/** Which sessions a list or a count is about. A condition that is null is no condition; all must hold. */
export interface SessionFilter {
  readonly userId: string | null
  /** Of which device. Its cost is that of its user's sessions, who must be named by `userId`. */
  readonly deviceId: DeviceId | null
  /** The `addressKey` of the sessions. */
  readonly ipAddress: string | null
  /** `live`: by the bounds; `ended`: everything else; null: both. */
  readonly state: 'live' | 'ended' | null
  readonly search: SessionSearch | null
  /** All of them must hold. */
  readonly facets: readonly FacetCondition[]
  /** Of `createdAt`. */
  readonly created: InstantRange | null
  /** Of `lastAccessedAt ?? createdAt`. */
  readonly lastActive: InstantRange | null
  /** The `rangeKey` of the sessions: a network in CIDR notation, /24 of IPv4 or /48 of IPv6. */
  readonly addressRange: string | null
  /** Sessions with an alert that is open or acknowledged, of that severity or a greater one. */
  readonly risk: Severity | null
}

/** What sessions are sorted by. `network`: the number of the autonomous system, as a text. */
export const sessionFacets = ['device_type', 'browser', 'os', 'country', 'network'] as const
/** One of {@link sessionFacets}. */
export type SessionFacet = (typeof sessionFacets)[number]

/** Sessions by one of their facts; what is not known is `unknown`. */
export interface FacetCondition {
  readonly facet: SessionFacet
  readonly is: 'one-of' | 'none-of'
  /** At least one. */
  readonly values: readonly string[]
}

/** From an instant on, and before another one; null: without that end. */
export interface InstantRange {
  readonly from: Instant | null
  readonly until: Instant | null
}

/** Sessions whose user id or session id begins with `text`, whose user is one of `userIds`, or whose `addressKey` is `address`. */
export interface SessionSearch {
  readonly text: string
  readonly userIds: readonly string[]
  /** Null: the text is no address. */
  readonly address: string | null
}

/** A filter together with the instants that say what is live. */
export interface SessionQuery extends SessionFilter {
  readonly bounds: LivenessBounds
}

export const everySession: SessionFilter = {
  userId: null,
  deviceId: null,
  ipAddress: null,
  state: null,
  search: null,
  facets: [],
  created: null,
  lastActive: null,
  addressRange: null,
  risk: null,
}

/** Which sessions an ending is about. Only those that have not ended yet are touched. */
export type SessionSelection =
  /** One session, and only when it is this user's; null: whoever's it is. */
  | { readonly kind: 'session'; readonly id: SessionId; readonly userId: string | null }
  /** Every session of a user but one; null: without exception. */
  | { readonly kind: 'user'; readonly userId: string; readonly except: SessionId | null }
  /** These, whoever's they are: at most 1,000. */
  | { readonly kind: 'sessions'; readonly sessions: readonly SessionRef[] }
  /** Every session that was created on a device of the user. */
  | { readonly kind: 'device'; readonly userId: string; readonly deviceId: DeviceId }

/** Of whom a change may have been: what caches let go of. */
export type ChangedSessions = SessionSelection | { readonly kind: 'everybody' }
