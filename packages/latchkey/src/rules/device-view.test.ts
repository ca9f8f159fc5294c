import { expect, it } from 'vitest'
import { after, days, instantOf, milliseconds } from '../foundation/time.ts'
import { type DeviceRecord, newDeviceId } from '../model/device.ts'
import { unknownDevice } from '../model/device-info.ts'
import { shardOfUser } from '../model/session-token.ts'
import { deviceView } from './device-view.ts'
import { defaultPolicy } from './session-policy.ts'

const now = instantOf(Date.UTC(2026, 0, 1))
const record: DeviceRecord = {
  id: newDeviceId('42'),
  shard: shardOfUser('42'),
  userId: '42',
  version: 3,
  name: 'Kitchen',
  deviceInfo: unknownDevice,
  firstSeenAt: now,
  lastSeenAt: now,
  trustedUntil: after(now, days(1)),
  fingerprints: [{ seenAt: now, hashes: { canvas: 'a hash' } }],
  fingerprintedAt: now,
  resembles: null,
}
const use = { deviceId: record.id, location: 'Oslo, Norway', sessions: 1, live: 0, lastCreatedAt: now }

it('shows where a device was used, most often and then latest first, and how many of its sessions are live', () => {
  const later = after(now, days(1))
  const uses = [
    use,
    { ...use, location: null, lastCreatedAt: later },
    { ...use, location: 'Bergen, Norway', sessions: 3, live: 2 },
    { ...use, deviceId: newDeviceId('42'), location: 'Rome, Italy', sessions: 9, live: 9 },
  ]
  const view = deviceView(record, uses, defaultPolicy, now)
  expect(view.activeSessions).toBe(2)
  expect(view.places).toEqual([
    { location: 'Bergen, Norway', sessions: 3, lastSeenAt: now },
    { location: null, sessions: 1, lastSeenAt: later },
    { location: 'Oslo, Norway', sessions: 1, lastSeenAt: now },
  ])
})

it('shows trust and a fingerprint while they last', () => {
  const policy = { ...defaultPolicy, fingerprintRetention: days(1) }
  const end = after(now, days(1))
  expect(deviceView(record, [], policy, after(end, milliseconds(-1)))).toMatchObject({
    trustedUntil: end,
    fingerprintedAt: now,
  })
  const later = deviceView(record, [], policy, after(end, milliseconds(1)))
  expect(later).toMatchObject({ trustedUntil: null, fingerprintedAt: null })
  expect(deviceView({ ...record, fingerprintedAt: null }, [], policy, now).fingerprintedAt).toBeNull()
})

it('shows no hash, shard or version', () => {
  const view = deviceView(record, [use], defaultPolicy, now)
  expect(JSON.stringify(view)).not.toContain('a hash')
  expect(Object.keys(view)).not.toEqual(expect.arrayContaining(['shard']))
  expect(Object.keys(view)).not.toEqual(expect.arrayContaining(['version']))
})
