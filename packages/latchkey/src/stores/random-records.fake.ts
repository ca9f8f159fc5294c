import fc from 'fast-check'
import { networkOfAddress } from '../foundation/address-network.ts'
import { days, hours, type Instant, instantOf } from '../foundation/time.ts'
import type { CutOffScope } from '../model/cut-off.ts'
import type { DeviceRecord } from '../model/device.ts'
import { deviceTypes } from '../model/device-info.ts'
import { unknownPlace } from '../model/place.ts'
import type { SessionRecord } from '../model/session.ts'
import {
  type FacetCondition,
  type InstantRange,
  type SessionQuery,
  sessionFacets,
} from '../model/session-filter.ts'
import type { Rotation } from '../model/token-rotation.ts'
import type { Storage } from '../ports/storage.ts'
import {
  noon,
  oslo,
  queryAt,
  sampleDevice,
  sampleSession,
} from '../testing/session-store-contract/sample-session.ts'

export type Step = (storage: Storage) => Promise<unknown>

export const users = ['ada', 'adam', 'bob'] as const
/** Few, so that one step often meets what another did. */
const pool = Array.from({ length: 9 }, (_, index) => sampleSession(users[index % 3] ?? 'ada'))

/** Two of each user; a device that is forgotten comes back with the next sign-in on it. */
export const ownDevices: readonly DeviceRecord[] = [...users, ...users].map((user) => sampleDevice(user))

export const instant: fc.Arbitrary<Instant> = fc
  .integer({ min: -30, max: 30 })
  .map((count) => instantOf(noon + count * 6 * 3_600_000))
export const pooled: fc.Arbitrary<SessionRecord> = fc.constantFrom(...pool)
export const user: fc.Arbitrary<string> = fc.constantFrom(...users)
export const anyDevice: fc.Arbitrary<DeviceRecord> = fc.constantFrom(...ownDevices)

function devicesOf(userId: string): readonly DeviceRecord[] {
  return ownDevices.filter((device) => device.userId === userId)
}

const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length })

const rotation: fc.Arbitrary<Rotation> = fc.record({
  issuedAt: instant,
  retired: fc.constantFrom(0, 8, 16).chain(bytes),
  previous: fc.option(
    fc.record({
      secretHash: bytes(32),
      nonce: fc.option(bytes(32)),
      succeededAt: fc.option(instant),
      authenticatedAt: instant,
      amr: fc.constantFrom([], ['pwd', 'otp']),
      roles: fc.constantFrom([], ['admin']),
    }),
  ),
})

/** Of one session's kind, or of everybody. */
export const scope: fc.Arbitrary<CutOffScope> = fc.oneof(
  user.map((userId) => ({ kind: 'user' as const, userId })),
  anyDevice.map(({ id, userId }) => ({ kind: 'device' as const, userId, deviceId: id })),
  fc.constant({ kind: 'everybody' as const }),
)

export const record: fc.Arbitrary<SessionRecord> = fc
  .record({
    session: pooled,
    createdAt: instant,
    lastAccessedAt: fc.option(instant),
    lives: fc.integer({ min: 1, max: 30 }),
    asked: fc.boolean(),
    type: fc.constantFrom(...deviceTypes),
    location: fc.option(fc.constantFrom('Oslo, Norway', '__proto__')),
    ipAddress: fc.option(fc.constantFrom('192.0.2.1', '192.0.2.10', '2001:db8::1')),
    onFirst: fc.option(fc.boolean()),
    place: fc.constantFrom(null, oslo, unknownPlace),
    idleTimeout: fc.option(fc.integer({ min: 1, max: 8 }).map((count) => hours(count * 6))),
    roles: fc.constantFrom([], ['admin'], ['é', 'x']),
    deviceTrust: fc.constantFrom('trusted' as const, 'untrusted' as const),
    stage: fc.constantFrom('complete' as const, 'pending' as const),
    succeeds: fc.option(pooled.map(({ id }) => id)),
    challengedAt: fc.option(instant),
    rotation: fc.option(rotation),
  })
  .map(({ session, lives, asked, type, location, onFirst, ...fields }) => ({
    ...session,
    ...fields,
    addressKey: fields.ipAddress && `key of ${fields.ipAddress}`,
    rangeKey: fields.ipAddress && networkOfAddress(fields.ipAddress),
    deviceId: onFirst === null ? null : (devicesOf(session.userId)[onFirst ? 0 : 1]?.id ?? null),
    expiresAt: instantOf(fields.createdAt + days(lives)),
    lifetime: asked ? days(lives) : null,
    deviceInfo: { ...session.deviceInfo, type, location },
  }))

const range: fc.Arbitrary<InstantRange> = fc.record({ from: fc.option(instant), until: fc.option(instant) })

const facetCondition: fc.Arbitrary<FacetCondition> = fc.record({
  facet: fc.constantFrom(...sessionFacets),
  is: fc.constantFrom('one-of' as const, 'none-of' as const),
  values: fc.subarray(['mobile', 'desktop', 'Firefox', 'Linux', 'NO', 'unknown', '64496'], { minLength: 1 }),
})

const addressKey = fc.constantFrom('key of 192.0.2.1', 'key of 2001:db8::1')

export const query: fc.Arbitrary<SessionQuery> = fc
  .record({
    now: instant,
    userId: fc.option(user),
    state: fc.constantFrom('live' as const, 'ended' as const, null),
    facets: fc.array(facetCondition, { maxLength: 2 }),
    created: fc.option(range, { freq: 1 }),
    lastActive: fc.option(range, { freq: 1 }),
    addressRange: fc.option(fc.constantFrom('192.0.2.0/24', '2001:db8::/48'), { freq: 1 }),
    ipAddress: fc.option(addressKey, { freq: 1 }),
    device: fc.option(anyDevice, { freq: 1 }),
    search: fc.option(
      fc.record({
        text: fc.constantFrom('', 'ada', '192', 'ses_', 'x'),
        userIds: fc.subarray([...users]),
        address: fc.option(addressKey),
      }),
    ),
  })
  .map(({ now, device, ...filter }) =>
    queryAt(now, device ? { ...filter, userId: device.userId, deviceId: device.id } : filter),
  )

export function byId<Item extends { readonly id: string }>(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => (a.id < b.id ? -1 : 1))
}
