import fc from 'fast-check'
import { changedAt, deviceChangedAt, noon } from '../testing/session-store-contract/sample-session.ts'
import { anyDevice, byId, instant, type Step } from './random-records.fake.ts'

const fingerprints = fc.constantFrom([], [{ seenAt: noon, hashes: { canvas: 'abc' } }], 'sealed.text')

export const deviceChanges: readonly fc.Arbitrary<Step>[] = [
  fc
    .record({
      device: anyDevice,
      version: fc.integer({ min: 2, max: 3 }),
      name: fc.option(fc.constantFrom('Laptop', 'é')),
      trustedUntil: fc.option(instant),
      fingerprints,
      fingerprintedAt: fc.option(instant),
      resembles: fc.option(anyDevice.map(({ id }) => ({ deviceId: id, confidence: 0.5 }))),
      at: instant,
    })
    .map(
      ({ device, at, ...said }): Step =>
        ({ devices }) =>
          devices.replace({ ...device, ...said }, deviceChangedAt(at)),
    ),
  fc.record({ device: anyDevice, at: instant }).map(
    ({ device, at }): Step =>
      ({ devices }) =>
        devices.forget(device.id, changedAt(at)),
  ),
  instant.map(
    (at): Step =>
      ({ devices }) =>
        devices.forgetUnused(at, at, 100),
  ),
  instant.map(
    (at): Step =>
      ({ devices }) =>
        devices.forgetFingerprints(at, 100),
  ),
  fc.record({ device: anyDevice, at: instant }).map(
    ({ device, at }): Step =>
      async ({ sessions }) =>
        byId(
          await sessions.invalidate(
            { kind: 'device', userId: device.userId, deviceId: device.id },
            { at, reason: 'revoked', by: 'system', request: null },
          ),
        ),
  ),
  fc
    .record({
      fact: fc.constantFrom('ipAddress' as const, 'userAgent' as const),
      from: instant,
      before: instant,
    })
    .map(
      ({ fact, from, before }): Step =>
        async ({ sessions }) =>
          void (await sessions.fade(fact, from, before, 100)),
    ),
]
