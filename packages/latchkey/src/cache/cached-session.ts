import { bytesText } from '../foundation/bytes.ts'
import type { Duration, Instant } from '../foundation/time.ts'
import type { DeviceId } from '../model/device.ts'
import type { DeviceInfo } from '../model/device-info.ts'
import type { Place } from '../model/place.ts'
import type { SessionFacts, SessionRecord } from '../model/session.ts'
import { type SecretHash, type SessionId, secretHashText } from '../model/session-token.ts'
import type { InternedValues, SessionTerms } from './interned-values.ts'

/**
 * A session that has not ended, as verification needs it, in as few bytes as that takes: what many sessions have
 * alike is kept once, and how it is shown is made when it is asked for. 450 B with everything that belongs to it,
 * 490 when many have come and gone; `session-memory.test` weighs it.
 */
export class CachedSession implements SessionFacts {
  readonly id: SessionId
  readonly userId: string
  readonly secretHash: SecretHash
  readonly createdAt: Instant
  /** Moves forward with each noted use. */
  lastAccessedAt: Instant | null
  readonly expiresAt: Instant
  readonly deviceInfo: DeviceInfo
  readonly place: Place | null
  readonly ipAddress: string | null
  readonly userAgent: string | null
  readonly #terms: SessionTerms
  /** Null where it was never renewed: then it was at sign-in that its user proved who they are. */
  readonly #renewedAt: Instant | null
  /** The device's id without what it has in common with that of the session: a fifth less to keep. */
  readonly #deviceName: string | null
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
    this.#renewedAt = record.authenticatedAt === record.createdAt ? null : record.authenticatedAt
    this.#terms = interned.terms(record)
    this.deviceInfo = interned.device(record.deviceInfo)
    this.#deviceName = record.deviceId === null ? null : nameOf(record.deviceId)
    this.place = record.place === null ? null : interned.place(record.place)
    this.ipAddress = record.ipAddress
    this.userAgent = record.userAgent === null ? null : interned.text(record.userAgent)
  }

  get lifetime(): Duration | null {
    return this.#terms.lifetime
  }

  get amr(): readonly string[] {
    return this.#terms.amr
  }

  get authenticatedAt(): Instant {
    return this.#renewedAt ?? this.createdAt
  }

  get deviceId(): DeviceId | null {
    return this.#deviceName === null ? null : `dev_${this.id.slice(4, 6)}${this.#deviceName}`
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

/** What stands behind the prefix and the shard, which is that of the user; a copy, since a part of a text keeps all of it. */
function nameOf(deviceId: DeviceId): string {
  return bytesText(Buffer.from(deviceId.slice(6), 'latin1'))
}
