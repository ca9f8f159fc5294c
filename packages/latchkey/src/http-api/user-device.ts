import { toIso } from '../foundation/time.ts'
import type { Device, DeviceId } from '../model/device.ts'
import { toDeviceInfo, toIsoOrNull } from './user-session.ts'
import type { UserDevice } from './wire-types.ts'

/** A device as its user sees it. Field by field: what is added to a device later does not leak by itself. */
export function toUserDevice(device: Device, currentId: DeviceId | null): UserDevice {
  const { resembles } = device
  return {
    id: device.id,
    name: device.name,
    device_info: toDeviceInfo(device.deviceInfo),
    engine: device.deviceInfo.engine,
    brand: device.deviceInfo.brand,
    model: device.deviceInfo.model,
    first_seen: toIso(device.firstSeenAt),
    last_seen: toIso(device.lastSeenAt),
    trusted_until: toIsoOrNull(device.trustedUntil),
    is_current: device.id === currentId,
    active_sessions: device.activeSessions,
    places: device.places.map(({ location, sessions, lastSeenAt }) => ({
      location,
      sessions,
      last_seen: toIso(lastSeenAt),
    })),
    resembles:
      resembles === null ? null : { device_id: resembles.deviceId, confidence: resembles.confidence },
  }
}
