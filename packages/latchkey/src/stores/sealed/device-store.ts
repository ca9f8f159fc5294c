import type { DeviceRecord } from '../../model/device.ts'
import { parseFingerprints } from '../../model/fingerprint.ts'
import type { DeviceStore } from '../../ports/device-store.ts'
import type { CallsUnderWay } from './calls-under-way.ts'
import type { Vault } from './vault.ts'

const table = 'user_devices'

/** Devices whose fingerprints another store keeps sealed. */
export function sealedDeviceStore(inner: DeviceStore, vault: Vault, { track }: CallsUnderWay): DeviceStore {
  return {
    find: (id) =>
      track(async () => {
        const stored = await inner.find(id)
        return stored === null ? null : openDevice(vault, stored)
      }),
    list: (userId, limit) =>
      track(async () => {
        const stored = await inner.list(userId, limit)
        return Promise.all(stored.map((record) => openDevice(vault, record)))
      }),
    replace: (next, change) => track(async () => inner.replace(await sealDevice(vault, next), change)),
    forget: (id, origin) => inner.forget(id, origin),
    forgetUnused: (lastSeenBefore, at, limit) => inner.forgetUnused(lastSeenBefore, at, limit),
    forgetFingerprints: (seenBefore, limit) => inner.forgetFingerprints(seenBefore, limit),
  }
}

export async function sealDevice(vault: Vault, record: DeviceRecord): Promise<DeviceRecord> {
  const { id, fingerprints } = record
  if (fingerprints.length === 0 || typeof fingerprints === 'string') return record
  const text = JSON.stringify(fingerprints)
  return { ...record, fingerprints: (await vault.seal(table, 'fingerprints', id, text)) ?? [] }
}

/** Fingerprints that cannot be read count as none. */
async function openDevice(vault: Vault, stored: DeviceRecord): Promise<DeviceRecord> {
  if (typeof stored.fingerprints !== 'string') return stored
  const text = await vault.open(table, 'fingerprints', stored.id, stored.fingerprints)
  return { ...stored, fingerprints: text === null ? [] : parseFingerprints(text) }
}
