import fc from 'fast-check'
import { expect, it } from 'vitest'
import { days, hours, instantOf } from '../foundation/time.ts'
import { unknownPlace } from '../model/place.ts'
import type { Rollup } from '../model/rollup.ts'
import { type NewSessionEvent, plainEvent, type SessionEvent } from '../model/session-event.ts'
import { durationBucket } from './duration-histogram.ts'
import { bucketStart, keyOf, methodOf, mostValues, RollupCounts } from './rollups-of-events.ts'

const start = Date.UTC(2026, 5, 1)
const inLog = (event: NewSessionEvent): SessionEvent => ({ ...event, position: 1, digest: null })

const created = (browser = 'Chrome', at = start, userId = '42') =>
  inLog({
    ...plainEvent({ type: 'session.created', at: instantOf(at), actor: 'system', userId }),
    deviceId: `dev_${'a'.repeat(24)}`,
    device: { type: 'desktop', browser, os: 'Windows' },
    facts: {
      before: null,
      ended: null,
      sighting: {
        client: 'browser',
        device: { type: 'desktop', browser, browserVersion: null, os: 'Windows', osVersion: null },
        place: { ...unknownPlace, country: 'NO', network: { asn: 64_496, name: null, kind: 'isp' } },
        amr: ['pwd', 'otp'],
        otherUsers: null,
      },
    },
  })

const ended = (at: number, createdAt: number, duration: number) =>
  inLog({
    ...plainEvent({
      type: 'session.ended',
      at: instantOf(at),
      actor: 'system',
      userId: '42',
      reason: 'logout',
    }),
    device: { type: 'mobile', browser: 'Safari', os: 'iOS' },
    facts: { sighting: null, before: null, ended: { createdAt, duration, country: 'SE', amr: [] } },
  })

function counted(events: readonly SessionEvent[]) {
  const counts = new RollupCounts((text) => text)
  for (const event of events) counts.add(event)
  return counts
}

const shown = (rollups: readonly Rollup[], interval: 'hour' | 'day') =>
  rollups
    .filter((rollup) => rollup.interval === interval)
    .map(({ measure, dimension, value, count }) => [measure, dimension, value, count].join(' '))

it('a sign-in is counted by everything that is known of it, in its hour and its day', () => {
  const counts = counted([created(), created()])
  const expected = [
    'created all  2',
    'created device_type desktop 2',
    'created browser Chrome 2',
    'created os Windows 2',
    'created country NO 2',
    'created network 64496 2',
    'created method otp+pwd 2',
  ]
  expect(shown(counts.rollups, 'hour')).toEqual(expected)
  expect(shown(counts.rollups, 'day')).toEqual(expected)
})

it('who signed in is a member of the hour and of the day, once', () => {
  const { members } = counted([created(), created(), created('Chrome', start, '43')])
  expect(members.filter(({ measure }) => measure === 'distinct-users')).toHaveLength(4)
  expect(members.filter(({ measure }) => measure === 'distinct-devices')).toHaveLength(2)
})

it('an ending is counted by its reason and length, and in the day in which the session was created', () => {
  const [length, age] = [hours(3), days(2)]
  const { rollups } = counted([ended(start + age, start, length)])
  expect(shown(rollups, 'day')).toEqual([
    'ended all  1',
    'ended device_type mobile 1',
    'ended browser Safari 1',
    'ended os iOS 1',
    'ended country SE 1',
    'ended method unknown 1',
    'ended reason logout 1',
    `duration duration ${durationBucket(length)} 1`,
    `lasted duration ${durationBucket(age)} 1`,
  ])
  expect(rollups.find(({ measure }) => measure === 'duration')).toMatchObject({ sum: length })
  expect(rollups.find(({ measure }) => measure === 'lasted')).toMatchObject({
    interval: 'day',
    start,
    sum: 0,
  })
})

it('tokens that were shown are counted as they were told, and findings by their detector', () => {
  const at = instantOf(start)
  const verifications = { verified: 5, unknown: 2, expired: 1, revoked: 0, pending: 0 }
  const { rollups } = counted([
    inLog(plainEvent({ type: 'verifications.counted', at, actor: 'system', after: verifications })),
    inLog(plainEvent({ type: 'alert.opened', at, actor: 'system', after: { detector: 'new-country' } })),
  ])
  expect(shown(rollups, 'hour')).toEqual([
    'verified all  5',
    'refused all  3',
    'refused reason unknown 2',
    'refused reason expired 1',
    'finding all  1',
    'finding detector new-country 1',
  ])
})

it('events of earlier versions, of which little is known, are counted all the same', () => {
  const bare = plainEvent({ type: 'session.ended', at: instantOf(start), actor: 'system', reason: 'logout' })
  expect(shown(counted([inLog(bare)]).rollups, 'hour')).toContain('ended browser unknown 1')
})

it('of values that anybody may choose there is a bound, and each is cut', () => {
  const counts = counted(Array.from({ length: mostValues + 50 }, (_, index) => created(`b${index}`)))
  counts.add(created('b7'))
  counts.add(created('unknown'))
  const browsers = counts.rollups.filter(
    ({ interval, dimension }) => interval === 'hour' && dimension === 'browser',
  )
  expect(browsers).toHaveLength(mostValues + 2)
  expect(browsers.find(({ value }) => value === 'other')?.count).toBe(50)
  expect(browsers.find(({ value }) => value === 'b7')?.count).toBe(2)
  const [long] = counted([created(`${'x'.repeat(99)}😀`)]).rollups.filter(
    ({ dimension }) => dimension === 'browser',
  )
  expect(long?.value).toBe(`${'x'.repeat(99)}\u{fffd}`)
})

it('the factors of a sign-in are one text in whatever order they came', () => {
  expect(methodOf(['pwd', 'otp'])).toBe(methodOf(['otp', 'pwd']))
  expect(methodOf([])).toBe('unknown')
})

it('buckets begin at full hours and midnights in UTC', () => {
  const at = instantOf(Date.UTC(2026, 5, 1, 13, 59, 59, 999))
  expect(bucketStart('hour', at)).toBe(Date.UTC(2026, 5, 1, 13))
  expect(bucketStart('day', at)).toBe(Date.UTC(2026, 5, 1))
})

it('the same events make the same numbers, however they are divided', () => {
  const event = fc.oneof(
    fc
      .record({ at: fc.nat(days(3)), browser: fc.nat(mostValues + 20) })
      .map(({ at, browser }) => created(`b${browser}`, start + at)),
    fc
      .tuple(fc.nat(days(3)), fc.nat(days(9)), fc.nat(days(9)))
      .map(([at, age, length]) => ended(start + at, start + at - age, length)),
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 400 }), fc.array(fc.nat(400)), (events, cuts) => {
      const recorded = new Map<string, Rollup>()
      const ends = [...new Set(cuts.filter((cut) => cut < events.length)), events.length].sort(
        (a, b) => a - b,
      )
      let begun = 0
      for (const end of ends) {
        const counts = new RollupCounts((text) => text)
        counts.know([...recorded.values()])
        for (const one of events.slice(begun, end)) counts.add(one)
        for (const rollup of counts.rollups) {
          const before = recorded.get(keyOf(rollup))
          const [count, sum] = [rollup.count + (before?.count ?? 0), rollup.sum + (before?.sum ?? 0)]
          recorded.set(keyOf(rollup), { ...rollup, count, sum })
        }
        begun = end
      }
      const atOnce = new Map(counted(events).rollups.map((rollup) => [keyOf(rollup), rollup]))
      expect(recorded).toEqual(atOnce)
    }),
    { numRuns: 30 },
  )
})
