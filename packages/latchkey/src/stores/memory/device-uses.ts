import { instantOf } from '../../foundation/time.ts'
import type { LivenessBounds } from '../../model/session-filter.ts'
import type { DeviceUse } from '../../model/session-statistics.ts'
import { type Records, sessionsOf } from './records.ts'
import { isLive } from './session-query.ts'

export function deviceUses(records: Records, userId: string, bounds: LivenessBounds): readonly DeviceUse[] {
  const uses = new Map<string, DeviceUse>()
  for (const record of sessionsOf(records, userId)) {
    const { deviceId, createdAt } = record
    if (deviceId === null) continue
    const { location } = record.deviceInfo
    const key = JSON.stringify([deviceId, location])
    const use = uses.get(key) ?? { deviceId, location, sessions: 0, live: 0, lastCreatedAt: createdAt }
    uses.set(key, {
      ...use,
      sessions: use.sessions + 1,
      live: use.live + (isLive(records, record, bounds) ? 1 : 0),
      lastCreatedAt: instantOf(Math.max(use.lastCreatedAt, createdAt)),
    })
  }
  return [...uses.values()]
}
