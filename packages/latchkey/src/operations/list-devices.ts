import { type Device, type DeviceRecord, isDeviceId } from '../model/device.ts'
import { deviceView } from '../rules/device-view.ts'
import { boundsForStore } from './bounds-for-store.ts'
import { checkUserId } from './check-argument.ts'
import type { Wiring } from './wiring.ts'

/** Whose device it has to be. */
export interface DeviceOptions {
  /** Only when it is this user's; default: whoever's it is. */
  readonly ofUser?: string
}

/** The most devices that are listed, and compared. More: nobody looks through them. */
export const mostDevices = 200

export async function getDevices(wiring: Wiring, userId: string): Promise<readonly Device[]> {
  const records = await wiring.storage.devices.list(checkUserId('userId', userId), mostDevices)
  return records.length === 0 ? [] : viewsOf(wiring, userId, records)
}

export async function getDevice(
  wiring: Wiring,
  id: string,
  options: DeviceOptions = {},
): Promise<Device | null> {
  const record = await findDevice(wiring, id, options)
  return record === null ? null : viewOf(wiring, record)
}

/** Null where there is none, or it is somebody else's: which of them is nobody's business. */
export async function findDevice(
  wiring: Wiring,
  id: string,
  options: DeviceOptions,
): Promise<DeviceRecord | null> {
  const ofUser = options.ofUser === undefined ? null : checkUserId('ofUser', options.ofUser)
  const record = isDeviceId(id) ? await wiring.storage.devices.find(id) : null
  return record === null || (ofUser !== null && record.userId !== ofUser) ? null : record
}

/** A device with how it was used; the cost is that of its user's sessions. */
export async function viewOf(wiring: Wiring, record: DeviceRecord): Promise<Device> {
  const [view] = await viewsOf(wiring, record.userId, [record])
  if (view === undefined) throw new TypeError('one record has one view')
  return view
}

async function viewsOf(
  wiring: Wiring,
  userId: string,
  records: readonly DeviceRecord[],
): Promise<readonly Device[]> {
  const bounds = await boundsForStore(wiring)
  const uses = await wiring.storage.statistics.deviceUses(userId, bounds)
  return records.map((record) => deviceView(record, uses, wiring.policy, bounds.expiresAfter))
}
