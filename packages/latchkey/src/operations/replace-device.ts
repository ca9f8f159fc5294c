import { LatchkeyError } from '../foundation/errors.ts'
import type { Instant } from '../foundation/time.ts'
import type { DeviceRecord } from '../model/device.ts'
import type { Actor } from '../model/session.ts'
import type { Wiring } from './wiring.ts'

/**
 * How often a change that lost a race is tried again. Of n at once one wins each round: more than that many
 * changes of one device at the same moment are no user.
 */
const mostAttempts = 8

/** What is to become of a device, and by whom. */
export interface DeviceReplacing {
  find(): Promise<DeviceRecord | null>
  /** Without the version. */
  next(found: DeviceRecord, now: Instant): Promise<DeviceRecord>
  by(found: DeviceRecord): Actor
}

/** The device as it is then; null when there is none. */
export async function replaceDevice(
  { clock, storage }: Wiring,
  replacing: DeviceReplacing,
): Promise<DeviceRecord | null> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const found = await replacing.find()
    if (found === null) return null
    const now = clock.now()
    const next = { ...(await replacing.next(found, now)), version: found.version + 1 }
    if (await storage.devices.replace(next, now, replacing.by(found))) return next
  }
  throw new LatchkeyError('storage-busy', 'the device is being changed by too many at once')
}
