import type { Instant } from '../../foundation/time.ts'
import type { DeviceRecord } from '../../model/device.ts'
import { type ChangeOrigin, systemActor } from '../../model/session.ts'
import { deviceEvent } from '../../model/session-event.ts'
import type { DeviceChange, DeviceStore } from '../../ports/device-store.ts'
import { appendEvents, devicesOf, openRecords, type Records, removeDevice, sessionsOf } from './records.ts'

export function memoryDeviceStore(records: Records): DeviceStore {
  const opened = (): Records => openRecords(records)
  return {
    find: async (id) => opened().devices.get(id) ?? null,
    list: async (userId, limit) => devicesOf(opened(), userId).sort(lastSeenFirst).slice(0, limit),
    replace: async (next, change) => replaceDevice(opened(), next, change),
    async forget(id, origin) {
      const device = opened().devices.get(id)
      if (!device) return false
      forgetDevice(records, device, origin)
      return true
    },
    forgetUnused: async (lastSeenBefore, at, limit) => forgetUnused(opened(), lastSeenBefore, at, limit),
    forgetFingerprints: async (seenBefore, limit) => forgetFingerprints(opened(), seenBefore, limit),
  }
}

function lastSeenFirst(a: DeviceRecord, b: DeviceRecord): number {
  if (a.lastSeenAt !== b.lastSeenAt) return b.lastSeenAt - a.lastSeenAt
  return a.id < b.id ? 1 : -1
}

/** `userId` and `shard` never change; what sign-ins say is left alone. */
function replaceDevice(records: Records, next: DeviceRecord, change: DeviceChange): boolean {
  const present = records.devices.get(next.id)
  if (present?.version !== next.version - 1) return false
  const { userId, shard, deviceInfo, firstSeenAt, lastSeenAt } = present
  records.devices.set(next.id, { ...next, userId, shard, deviceInfo, firstSeenAt, lastSeenAt })
  appendEvents(records, [deviceEvent('device.changed', present, change, change)])
  return true
}

function forgetDevice(records: Records, device: DeviceRecord, origin: ChangeOrigin): void {
  removeDevice(records, device)
  appendEvents(records, [deviceEvent('device.forgotten', device, origin)])
}

function forgetUnused(records: Records, lastSeenBefore: Instant, at: Instant, limit: number): number {
  const chosen = [...records.devices.values()]
    .filter((device) => device.lastSeenAt < lastSeenBefore && !isInUse(records, device))
    .sort((a, b) => a.lastSeenAt - b.lastSeenAt)
    .slice(0, limit)
  const origin = { at, by: systemActor, request: null }
  for (const device of chosen) forgetDevice(records, device, origin)
  return chosen.length
}

function isInUse(records: Records, { id, userId }: DeviceRecord): boolean {
  return sessionsOf(records, userId).some(
    ({ deviceId, invalidatedAt }) => deviceId === id && invalidatedAt === null,
  )
}

function forgetFingerprints(records: Records, seenBefore: Instant, limit: number): number {
  const chosen = [...records.devices.values()]
    .filter(({ fingerprintedAt }) => fingerprintedAt !== null && fingerprintedAt < seenBefore)
    .sort((a, b) => (a.fingerprintedAt ?? 0) - (b.fingerprintedAt ?? 0))
    .slice(0, limit)
  for (const device of chosen) {
    records.devices.set(device.id, { ...device, fingerprints: [], fingerprintedAt: null })
  }
  return chosen.length
}
