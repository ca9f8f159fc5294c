import { bytesText } from '../foundation/bytes.ts'
import type { Duration, Instant } from '../foundation/time.ts'
import type { DeviceId } from '../model/device.ts'
import type { DeviceInfo } from '../model/device-info.ts'
import type { Place } from '../model/place.ts'
import type { DeviceTrust, SessionFacts, SessionRecord, SessionStage } from '../model/session.ts'
import { type SecretHash, type SessionId, secretHashText } from '../model/session-token.ts'
import type { InternedValues, SignInFacts } from './interned-values.ts'

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
  readonly #signIn: SignInFacts
  /** Null where it has the token of its creation, and its user proved nothing since and was not asked to. */
  readonly #renewal: Renewal | null
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
    this.#renewal = renewalOf(record)
    this.#signIn = interned.signIn(record)
    this.deviceInfo = interned.device(record.deviceInfo)
    this.#deviceName = record.deviceId === null ? null : nameOf(record.deviceId)
    this.place = record.place === null ? null : interned.place(record.place)
    this.ipAddress = record.ipAddress
    this.userAgent = record.userAgent === null ? null : interned.text(record.userAgent)
  }

  get lifetime(): Duration | null {
    return this.#signIn.lifetime
  }

  get idleTimeout(): Duration | null {
    return this.#signIn.idleTimeout
  }

  get amr(): readonly string[] {
    return this.#signIn.amr
  }

  get roles(): readonly string[] {
    return this.#signIn.roles
  }

  get deviceTrust(): DeviceTrust {
    return this.#signIn.deviceTrust
  }

  get stage(): SessionStage {
    return this.#signIn.stage
  }

  get authenticatedAt(): Instant {
    return this.#renewal?.authenticatedAt ?? this.createdAt
  }

  get challengedAt(): Instant | null {
    return this.#renewal?.challengedAt ?? null
  }

  /** Whether it had another token before: what that is worth is for the storage to say. */
  get hasPredecessor(): boolean {
    return this.#renewal?.issuedAt != null
  }

  /** Since when it has its token. */
  get issuedAt(): Instant {
    return this.#renewal?.issuedAt ?? this.createdAt
  }

  /** What a cut-off concerns is not kept, and one that is set later drops it. */
  get notBefore(): null {
    return null
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

/** What is not as it was at the beginning. */
interface Renewal {
  readonly authenticatedAt: Instant
  /** Null: it has the token of its creation. */
  readonly issuedAt: Instant | null
  readonly challengedAt: Instant | null
}

function renewalOf({ authenticatedAt, createdAt, rotation, challengedAt }: SessionRecord): Renewal | null {
  if (rotation === null && authenticatedAt === createdAt && challengedAt === null) return null
  return { authenticatedAt, issuedAt: rotation === null ? null : rotation.issuedAt, challengedAt }
}

/** What stands behind the prefix and the shard, which is that of the user; a copy, since a part of a text keeps all of it. */
function nameOf(deviceId: DeviceId): string {
  return bytesText(Buffer.from(deviceId.slice(6), 'latin1'))
}
