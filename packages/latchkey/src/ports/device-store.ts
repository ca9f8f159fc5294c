import type { JsonObject } from '../foundation/json.ts'
import type { Instant } from '../foundation/time.ts'
import type { DeviceId, DeviceRecord } from '../model/device.ts'
import type { ChangeOrigin } from '../model/session.ts'

/** How a device is changed, and what its event says of that. */
export interface DeviceChange extends ChangeOrigin {
  readonly before: JsonObject | null
  readonly after: JsonObject | null
}

/**
 * Where devices are kept. Devices are added and seen again by `SessionStore.insert`, in the step that adds the
 * session. Atomicity and errors are those of `SessionStore`.
 */
export interface DeviceStore {
  /** The device of that id; null when there is none or it was forgotten. One primary-key read. */
  find(id: DeviceId): Promise<DeviceRecord | null>

  /** The user's devices, last seen first, then by id; at most `limit`. */
  list(userId: string, limit: number): Promise<readonly DeviceRecord[]>

  /**
   * Puts `next` in the place of the record with the same id, when that one has the version `next.version - 1`.
   * False, and nothing changed, otherwise. `deviceInfo`, `firstSeenAt` and `lastSeenAt` are left alone: they are
   * for sign-ins. Writes `device.changed`.
   */
  replace(next: DeviceRecord, change: DeviceChange): Promise<boolean>

  /**
   * Forgets a device; sessions keep its id, which names nothing any more. False when there was none. Writes
   * `device.forgotten`. Devices that resemble it go on saying so.
   */
  forget(id: DeviceId, origin: ChangeOrigin): Promise<boolean>

  /**
   * Forgets at most `limit` devices last seen before the instant on which no session is on record that has not
   * ended; returns how many: fewer than `limit` means that there are no more. Writes `device.forgotten` for
   * each, by `system`.
   */
  forgetUnused(lastSeenBefore: Instant, at: Instant, limit: number): Promise<number>

  /** Forgets the fingerprints of at most `limit` devices whose newest one is older than the instant; returns of how many. Writes no event. */
  forgetFingerprints(seenBefore: Instant, limit: number): Promise<number>
}
