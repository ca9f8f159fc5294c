import { LatchkeyError } from '../foundation/errors.ts'
import type { JsonObject } from '../foundation/json.ts'
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
  /** The id of the request that asks for it; null where there is none. */
  readonly request: string | null
  /** What the event says of a device before and after: what changes of it, and nothing of what is kept secret. */
  shown(device: DeviceRecord): JsonObject | null
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
    const change = {
      at: now,
      by: replacing.by(found),
      request: replacing.request,
      before: replacing.shown(found),
      after: replacing.shown(next),
    }
    if (await storage.devices.replace(next, change)) return next
  }
  throw new LatchkeyError('storage-busy', 'the device is being changed by too many at once')
}
