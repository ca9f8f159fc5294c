import { networkOfAddress } from '../foundation/address-network.ts'
import { after, days, instantOf } from '../foundation/time.ts'
import { unknownDevice } from '../model/device-info.ts'
import type { SessionRecord } from '../model/session.ts'
import { hashSecret, newSessionId, shardOfUser } from '../model/session-token.ts'

/** 2026-01-01T00:00:00Z, where `fakeClock` starts. */
const createdAt = instantOf(Date.UTC(2026, 0, 1))

/** A session of user `42` that began with 2026 and lasts 30 days, never used; with the changes asked for. */
export function sampleRecord(changes: Partial<SessionRecord> = {}): SessionRecord {
  const userId = changes.userId ?? '42'
  return {
    id: newSessionId(userId),
    shard: shardOfUser(userId),
    userId,
    secretHash: hashSecret(new Uint8Array(32)),
    version: 1,
    createdAt,
    lastAccessedAt: null,
    expiresAt: after(createdAt, days(30)),
    lifetime: null,
    idleTimeout: null,
    authenticatedAt: createdAt,
    amr: [],
    roles: [],
    deviceTrust: 'untrusted',
    stage: 'complete',
    succeeds: null,
    challengedAt: null,
    rotation: null,
    notBefore: null,
    invalidatedAt: null,
    endReason: null,
    endedBy: null,
    deviceInfo: unknownDevice,
    deviceId: null,
    place: null,
    ipAddress: null,
    addressKey: changes.ipAddress ?? null,
    rangeKey: changes.ipAddress ? networkOfAddress(changes.ipAddress) : null,
    userAgent: null,
    ...changes,
  }
}
