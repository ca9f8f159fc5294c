import { randomSecret } from '../../foundation/bytes.ts'
import type { DeviceRecord } from '../../model/device.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { SealedTable } from '../../ports/data-key-store.ts'
import type { Storage } from '../../ports/storage.ts'
import { type FakeClock, fakeClock } from '../../testing/fake-clock.ts'
import { type FakeTimers, fakeTimers } from '../../testing/fake-timers.ts'
import { onDevice, sampleDevice, sessionOn } from '../../testing/session-store-contract/sample-session.ts'
import { memoryStorage } from '../memory/storage.ts'
import type { SealingNotice } from './sealing-notice.ts'
import { type SealedStorage, type SealedStorageOptions, sealedStorage } from './storage.ts'

/** For tests: processes that share one storage, of which the inside can be looked at. */
export interface Shared {
  readonly inner: Storage
  readonly clock: FakeClock
  /** What all of them were told, in order. */
  readonly notices: SealingNotice[]
  /** Another process, open. */
  process(options?: Partial<SealedStorageOptions>): Promise<Process>
}

export interface Process {
  readonly storage: SealedStorage
  readonly timers: FakeTimers
}

export const secret: Uint8Array = randomSecret(32)
export const address = '192.0.2.77'
export const userAgent = 'Canary/4.2'
export const fingerprints = [{ seenAt: 0, hashes: { canvas: 'canary-hash' } }] as never

export function sharedStorage(): Shared {
  const inner = memoryStorage()
  const clock = fakeClock()
  const notices: SealingNotice[] = []
  return {
    inner,
    clock,
    notices,
    async process(options = {}) {
      const timers = fakeTimers()
      const onNotice = (notice: SealingNotice): void => void notices.push(notice)
      const storage = sealedStorage(inner, { secret, clock, timers, onNotice, ...options })
      await storage.open()
      return { storage, timers }
    },
  }
}

/** A session with everything that is sealed, on a device with fingerprints. */
export async function signIn(
  { sessions }: Storage,
  changes: Partial<SessionRecord> = {},
): Promise<{ readonly session: SessionRecord; readonly device: DeviceRecord }> {
  const device = sampleDevice('ada', { fingerprints, fingerprintedAt: 0 as never })
  const session = sessionOn(device, { ipAddress: address, addressKey: address, userAgent, ...changes })
  await sessions.insert(session, onDevice(device))
  return { session, device }
}

/** What is stored, as it is stored. */
export async function everythingStored({ sealedValues }: Storage): Promise<string> {
  const rows = await Promise.all(
    (['user_sessions', 'user_devices'] satisfies SealedTable[]).map((table) =>
      sealedValues.notSealedBy(table, '-', null, 1_000),
    ),
  )
  return JSON.stringify(rows)
}
