import type { DeviceRecord } from '../model/device.ts'
import { type EndOneOptions, end, endingOf } from './invalidate-sessions.ts'
import { findDevice } from './list-devices.ts'
import type { Wiring } from './wiring.ts'

export async function endDeviceSessions(
  wiring: Wiring,
  id: string,
  options: EndOneOptions = {},
): Promise<number> {
  const ending = endingOf(wiring, options)
  const device = await findDevice(wiring, id, options)
  return device === null ? 0 : end(wiring, sessionsOn(device), ending, options)
}

/** The sessions that were created on the device. */
export function sessionsOn({ id, userId }: DeviceRecord): {
  readonly kind: 'device'
  readonly userId: string
  readonly deviceId: DeviceRecord['id']
} {
  return { kind: 'device', userId, deviceId: id }
}
