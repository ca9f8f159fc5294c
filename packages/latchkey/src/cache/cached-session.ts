import type { Duration, Instant } from '../foundation/time.ts'
import type { DeviceInfo } from '../model/device-info.ts'
import type { SessionFacts, SessionRecord } from '../model/session.ts'
import { type SecretHash, type SessionId, secretHashText } from '../model/session-token.ts'
import type { InternedValues } from './interned-values.ts'

/**
 * A session that has not ended, as verification needs it, in as few bytes as that takes: what many sessions have
 * alike is kept once, and how it is shown is made when it is asked for. 420 B with everything that belongs to it,
 * 460 when many have come and gone; `session-memory.test` weighs it.
 */
export class CachedSession implements SessionFacts {
  readonly id: SessionId
  readonly userId: string
  readonly secretHash: SecretHash
  readonly createdAt: Instant
  /** Moves forward with each noted use. */
  lastAccessedAt: Instant | null
  readonly expiresAt: Instant
  readonly lifetime: Duration | null
  readonly authenticatedAt: Instant
  readonly amr: readonly string[]
  readonly deviceInfo: DeviceInfo
  readonly ipAddress: string | null
  readonly userAgent: string | null
  /** How many moves to the end of the order of use there had been when it was moved there. For the cache. */
  movedAt = 0
  /** Its neighbours in `SessionsOfUsers`. */
  next: CachedSession | null = null
  previous: CachedSession | null = null

  constructor(record: SessionRecord, interned: InternedValues) {
    this.id = record.id
    this.userId = record.userId
    this.secretHash = secretHashText(record.secretHash)
    this.createdAt = record.createdAt
    this.lastAccessedAt = record.lastAccessedAt
    this.expiresAt = record.expiresAt
    this.lifetime = record.lifetime
    this.authenticatedAt = record.authenticatedAt
    this.amr = interned.methods(record.amr)
    this.deviceInfo = interned.device(record.deviceInfo)
    this.ipAddress = record.ipAddress
    this.userAgent = record.userAgent === null ? null : interned.text(record.userAgent)
  }

  get invalidatedAt(): null {
    return null
  }

  get endReason(): null {
    return null
  }

  get endedBy(): null {
    return null
  }
}
