import type { Instant } from '../foundation/time.ts'
import type { Device, DevicePlace, DeviceRecord } from '../model/device.ts'
import type { DeviceUse } from '../model/session-statistics.ts'
import { trustInForce } from './device-trust.ts'
import { isRetained } from './retention.ts'
import type { SessionPolicy } from './session-policy.ts'

/** A record as its user may see it, with how it was used and what follows at this moment. `uses` may hold those of other devices. */
export function deviceView(
  record: DeviceRecord,
  uses: readonly DeviceUse[],
  policy: SessionPolicy,
  now: Instant,
): Device {
  const own = uses.filter((use) => use.deviceId === record.id)
  const { fingerprintedAt } = record
  const isKept = fingerprintedAt !== null && isRetained(fingerprintedAt, policy.fingerprintRetention, now)
  return {
    id: record.id,
    userId: record.userId,
    name: record.name,
    deviceInfo: record.deviceInfo,
    firstSeenAt: record.firstSeenAt,
    lastSeenAt: record.lastSeenAt,
    trustedUntil: trustInForce(record.trustedUntil, now),
    resembles: record.resembles,
    fingerprintedAt: isKept ? fingerprintedAt : null,
    activeSessions: own.reduce((sum, use) => sum + use.live, 0),
    places: own.map(placeOf).sort((a, b) => b.sessions - a.sessions || b.lastSeenAt - a.lastSeenAt),
  }
}

function placeOf({ location, sessions, lastCreatedAt }: DeviceUse): DevicePlace {
  return { location, sessions, lastSeenAt: lastCreatedAt }
}
