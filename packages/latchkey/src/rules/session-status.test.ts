import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  after,
  before,
  type Duration,
  days,
  hours,
  instantOf,
  milliseconds,
  minutes,
} from '../foundation/time.ts'
import type { SessionRecord } from '../model/session.ts'
import type { LivenessBounds } from '../model/session-filter.ts'
import { sampleRecord } from '../testing/sample-record.ts'
import { absoluteDeadline, deadlineAtSignIn } from './absolute-lifetime.ts'
import { tighterGrant } from './grant.ts'
import { idleDeadline } from './idle-timeout.ts'
import { activityResolution, defaultPolicy, type SessionPolicy } from './session-policy.ts'
import { livenessBounds, sessionStatus } from './session-status.ts'
import { termsFor } from './session-terms.ts'

const moment = milliseconds(1)
const fresh = sampleRecord()
const start = fresh.createdAt

describe('a session with the default policy', () => {
  const lastSecond = { ...fresh, lastAccessedAt: after(start, days(29)) }
  const used = { ...fresh, lastAccessedAt: after(start, days(3)) }
  const idleAfter = (days(7) + activityResolution) as Duration
  it.each([
    ['at its beginning', fresh, start, 'live'],
    ['a moment before its absolute deadline', lastSecond, before(fresh.expiresAt, moment), 'live'],
    ['at its absolute deadline', lastSecond, fresh.expiresAt, 'expired'],
    ['long past its absolute deadline', lastSecond, after(fresh.expiresAt, days(999)), 'expired'],
    ['unused for 7 days and a minute, less a moment', fresh, before(after(start, idleAfter), moment), 'live'],
    ['unused for 7 days and a minute', fresh, after(start, idleAfter), 'idle'],
    ['used after 3 days, unused for nearly 7', used, before(after(start, days(10)), moment), 'live'],
    [
      'used after 3 days, unused for 7 days and a minute',
      used,
      after(start, (days(10) + minutes(1)) as Duration),
      'idle',
    ],
    ['created before a cut-off', { ...fresh, notBefore: after(start, days(1)) }, start, 'cut-off'],
    ['created in the moment of a cut-off', { ...fresh, notBefore: start }, start, 'cut-off'],
    ['created a moment after a cut-off', { ...fresh, notBefore: before(start, moment) }, start, 'live'],
    ['cut off, and past its deadline', { ...fresh, notBefore: start }, after(start, days(40)), 'cut-off'],
    ['ended, and cut off', { ...fresh, invalidatedAt: start, notBefore: start }, start, 'ended'],
    ['ended', { ...fresh, invalidatedAt: start }, start, 'ended'],
    ['ended, and past its deadline', { ...fresh, invalidatedAt: start }, after(start, days(40)), 'ended'],
  ] as const)('%s', (_when, record, now, status) => {
    expect(sessionStatus(record, defaultPolicy, now)).toBe(status)
  })
})

describe('a policy that changed', () => {
  const tight: SessionPolicy = { ...defaultPolicy, absoluteLifetime: days(1) }
  const loose: SessionPolicy = { ...defaultPolicy, absoluteLifetime: days(365), idleTimeout: null }

  it('takes effect at once when it was tightened', () => {
    expect(absoluteDeadline(fresh, termsFor(tight, fresh))).toBe(after(start, days(1)))
    expect(sessionStatus(fresh, tight, after(start, days(1)))).toBe('expired')
    expect(sessionStatus(fresh, { ...defaultPolicy, idleTimeout: hours(1) }, after(start, hours(2)))).toBe(
      'idle',
    )
  })

  it('gives nobody more time when it was loosened', () => {
    expect(absoluteDeadline(fresh, termsFor(loose, fresh))).toBe(fresh.expiresAt)
    expect(sessionStatus(fresh, loose, fresh.expiresAt)).toBe('expired')
  })

  it('leaves alone what a caller asked for', () => {
    const asked = { ...fresh, lifetime: days(30) }
    expect(absoluteDeadline(asked, termsFor(tight, asked))).toBe(fresh.expiresAt)
  })

  it('has no idle deadline when it has no idle timeout', () => {
    expect(idleDeadline(fresh, termsFor(loose, fresh))).toBeNull()
  })
})

describe('the deadline at sign-in', () => {
  it("is the policy's lifetime from now, or the one asked for", () => {
    expect(deadlineAtSignIn(start, null, termsFor(defaultPolicy, fresh))).toBe(after(start, days(30)))
    expect(deadlineAtSignIn(start, hours(2), termsFor(defaultPolicy, fresh))).toBe(after(start, hours(2)))
  })
})

/** What a store does with the bounds, as the comment of `LivenessBounds` says it. */
function liveByBounds(record: SessionRecord, bounds: LivenessBounds): boolean {
  if (record.invalidatedAt !== null || record.expiresAt <= bounds.expiresAfter) return false
  if (record.lifetime === null && record.createdAt <= bounds.createdAfter) return false
  if (record.notBefore !== null && record.createdAt <= record.notBefore) return false
  const lastUse = record.lastAccessedAt ?? record.createdAt
  if (record.idleTimeout !== null && after(lastUse, record.idleTimeout) <= bounds.idleSince) return false
  return bounds.activeAfter === null || lastUse > bounds.activeAfter
}

/** Few values, so that deadlines and the present often meet to the millisecond. */
const step = activityResolution
const durations = fc.integer({ min: 1, max: 6 }).map((steps) => milliseconds(steps * step))
const instants = fc
  .tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: -1, max: 1 }))
  .map(([steps, offset]) => instantOf(start + steps * step + offset))
const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined })
const conditions = fc.record({
  roles: maybe(fc.constantFrom(['admin'], ['staff'], ['admin', 'staff'])),
  deviceTrust: maybe(fc.constantFrom('trusted', 'untrusted')),
  assurance: maybe(fc.constantFrom(['aal1'], ['aal2', 'aal3'])),
})
const stated = <Fields extends object>(fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields
const rules = fc
  .array(fc.tuple(conditions, maybe(durations), maybe(durations)), { maxLength: 3 })
  .map((found) =>
    found.map(([when, absoluteLifetime, idleTimeout], index) =>
      stated({ name: `rule-${index}`, when: stated(when), absoluteLifetime, idleTimeout }),
    ),
  ) as fc.Arbitrary<SessionPolicy['rules']>
const policies: fc.Arbitrary<SessionPolicy> = fc
  .record({ absoluteLifetime: durations, idleTimeout: fc.option(durations), rules })
  .map((timeouts) => ({ ...defaultPolicy, ...timeouts }))
const records = fc
  .record({
    createdAt: instants,
    lastAccessedAt: fc.option(instants),
    expiresAt: instants,
    lifetime: fc.option(durations),
    idleTimeout: fc.option(durations),
    roles: fc.subarray(['admin', 'staff']),
    deviceTrust: fc.constantFrom('trusted' as const, 'untrusted' as const),
    amr: fc.subarray(['pwd', 'otp']),
    notBefore: fc.option(instants, { freq: 3 }),
    invalidatedAt: fc.option(instants, { freq: 9 }),
  })
  .map((changes) => sampleRecord(changes))

describe('the bounds for a store', () => {
  it('call live exactly what the rule calls live, once what rules grant is written down', () => {
    fc.assert(
      fc.property(records, policies, instants, (found, policy, now) => {
        const record = { ...found, ...tighterGrant(found, policy) }
        expect(liveByBounds(record, livenessBounds(policy, now))).toBe(
          sessionStatus(record, policy, now) === 'live',
        )
        expect(tighterGrant(record, policy)).toBeNull()
      }),
      { numRuns: 5_000 },
    )
  })

  it('call nothing dead that the rule calls live, whatever is written down', () => {
    fc.assert(
      fc.property(records, policies, instants, (record, policy, now) => {
        if (sessionStatus(record, policy, now) !== 'live') return
        expect(liveByBounds(record, livenessBounds(policy, now))).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('say the same before and after a tightened deadline is written down, as far as the rule goes', () => {
    fc.assert(
      fc.property(records, policies, instants, (record, policy, now) => {
        const tightened = { ...record, ...tighterGrant(record, policy) }
        expect(sessionStatus(tightened, policy, now)).toBe(sessionStatus(record, policy, now))
      }),
    )
  })
})

describe('an end that comes by itself', () => {
  it('stays: what is not live now is not live later', () => {
    fc.assert(
      fc.property(records, policies, instants, durations, (record, policy, now, later) => {
        if (sessionStatus(record, policy, now) === 'live') return
        expect(sessionStatus(record, policy, after(now, later))).not.toBe('live')
      }),
    )
  })

  it('by idleness is never early and at most a minute late, however far the record lies behind the use', () => {
    const behind = fc.integer({ min: 0, max: activityResolution }).map(milliseconds)
    fc.assert(
      fc.property(instants, durations, behind, (usedAt, idleTimeout, lag) => {
        const policy = { ...defaultPolicy, idleTimeout }
        const record = sampleRecord({
          createdAt: before(start, days(1)),
          lastAccessedAt: before(usedAt, lag),
        })
        const due = after(usedAt, idleTimeout)
        expect(sessionStatus(record, policy, before(due, moment))).toBe('live')
        expect(sessionStatus(record, policy, after(due, activityResolution))).toBe('idle')
      }),
    )
  })
})
