import { hmacSha256, toBase64Url } from '../foundation/bytes.ts'
import { invalidArgument } from '../foundation/errors.ts'
import { type Device, type DeviceRecord, isDeviceId, type Resemblance } from '../model/device.ts'
import {
  type Fingerprint,
  type FingerprintComponent,
  type FingerprintHashes,
  fingerprintComponents,
} from '../model/fingerprint.ts'
import { historyWith } from '../rules/fingerprint-history.ts'
import { resemblanceOf } from '../rules/fingerprint-similarity.ts'
import { checkObject, checkText } from './check-argument.ts'
import { mostDevices, viewOf } from './list-devices.ts'
import { replaceDevice } from './replace-device.ts'
import type { Wiring } from './wiring.ts'

/** What a browser says of itself, each 1 to 10,000 characters: it is kept nowhere, only keyed hashes are. */
export type FingerprintValues = Readonly<Partial<Record<FingerprintComponent, string>>>

/** In characters. Lists of fonts and what a graphics card can do have some thousand. */
const longestValue = 10_000

/** In bytes: two of a user's browsers that differ never get the same by chance. */
const hashLength = 12

export async function recordFingerprint(
  wiring: Wiring,
  deviceId: string,
  components: FingerprintValues,
): Promise<Device | null> {
  const values = checkComponents(components)
  const { deviceKeys, policy, storage } = wiring
  if (policy.fingerprinting === 'off' || deviceKeys === null || !isDeviceId(deviceId)) return null
  const hashes = hashesOf(deviceKeys.fingerprints, values)
  const changed = await replaceDevice(wiring, {
    find: () => storage.devices.find(deviceId),
    next: async (found, now) => ({
      ...found,
      fingerprints: historyWith(fingerprintsOf(found), hashes, now),
      fingerprintedAt: now,
      resembles: found.resembles ?? (await likeWhichOther(wiring, found, hashes)),
    }),
    by: ({ userId }) => `user:${userId}`,
    request: null,
    shown: ({ fingerprintedAt }) => ({ fingerprinted_at: fingerprintedAt }),
  })
  return changed === null ? null : viewOf(wiring, changed)
}

/** Asked once, when nothing is known of a device: afterwards it is itself. */
async function likeWhichOther(
  { storage }: Wiring,
  device: DeviceRecord,
  hashes: FingerprintHashes,
): Promise<Resemblance | null> {
  if (fingerprintsOf(device).length > 0) return null
  const devices = await storage.devices.list(device.userId, mostDevices)
  const others = devices.filter(({ id }) => id !== device.id)
  return resemblanceOf(
    hashes,
    others.map((other) => ({ id: other.id, fingerprints: fingerprintsOf(other) })),
  )
}

/** What is sealed and cannot be opened says nothing. */
function fingerprintsOf({ fingerprints }: DeviceRecord): readonly Fingerprint[] {
  return typeof fingerprints === 'string' ? [] : fingerprints
}

function checkComponents(value: unknown): readonly (readonly [FingerprintComponent, string])[] {
  const given = Object.entries(checkObject('components', value)).filter(([, text]) => text !== undefined)
  if (given.length === 0) throw invalidArgument('components', 'must hold one component at least')
  return given.map(([name, text]) => {
    const component = fingerprintComponents.find((known) => known === name)
    if (component === undefined) {
      throw invalidArgument(`components.${cutName(name)}`, 'is none of the components that are looked at')
    }
    return [component, checkText(`components.${component}`, text, longestValue)]
  })
}

/** It came from outside and goes into a message. */
function cutName(name: string): string {
  return name.slice(0, 40).toWellFormed()
}

/** What two components say alike hashes differently. */
function hashesOf(
  key: Uint8Array,
  values: readonly (readonly [FingerprintComponent, string])[],
): FingerprintHashes {
  const hashed = values.map(([component, value]) => {
    const hash = hmacSha256(key, `${component}\0${value}`).subarray(0, hashLength)
    return [component, toBase64Url(hash)]
  })
  return Object.fromEntries(hashed)
}
