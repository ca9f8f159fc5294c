import type { DeviceId } from '../model/device.ts'
import type { Sessions } from '../operations/sessions.ts'
import { toUserDevice } from './user-device.ts'
import type { DevicesResponse } from './wire-types.ts'

/** A user's devices, for them, a host back end or an administrator. */
export async function listDevices(
  sessions: Pick<Sessions, 'getDevices'>,
  userId: string,
  currentId: DeviceId | null,
): Promise<DevicesResponse> {
  const devices = await sessions.getDevices(userId)
  return { devices: devices.map((device) => toUserDevice(device, currentId)), total_count: devices.length }
}
