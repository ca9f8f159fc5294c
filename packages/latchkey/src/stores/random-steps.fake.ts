import fc from 'fast-check'
import { sha256 } from '../foundation/bytes.ts'
import { days, hours, type Instant, instantOf } from '../foundation/time.ts'
import { endReasons, type SessionRecord } from '../model/session.ts'
import type { Replacing } from '../model/session-event.ts'
import type { DevicePlan, SessionLimit, SessionStore } from '../ports/session-store.ts'
import {
  boundsAt,
  changedAt,
  claiming,
  noon,
  renewedAt,
  sampleSighting,
  windowAt,
} from '../testing/session-store-contract/sample-session.ts'
import { byId, instant, ownDevices, pooled, query, record, type Step, user } from './random-records.fake.ts'

const limit: fc.Arbitrary<SessionLimit> = fc
  .record({
    most: fc.integer({ min: 1, max: 3 }),
    atLimit: fc.constantFrom('reject' as const, 'end-oldest' as const, 'end-least-recent' as const),
    now: instant,
  })
  .map(({ most, atLimit, now }) => ({ most, atLimit, bounds: boundsAt(now, days(3)) }))

const insert = fc
  .record({
    record,
    replaces: fc.option(pooled),
    completes: fc.option(pooled, { freq: 1 }),
    seen: fc.record({ at: instant, browser: fc.constantFrom('Firefox', 'Safari') }),
    sessions: fc.constantFrom('end-earlier' as const, 'keep-earlier' as const),
    key: fc.option(fc.constantFrom('k1', 'k2')),
    request: fc.constantFrom('r1', 'r2'),
    forgetBefore: instant,
    limit: fc.option(limit, { freq: 1 }),
  })
  .map(
    ({ record, replaces, completes, seen, sessions: plan, key, request, forgetBefore, limit }): Step =>
      async ({ sessions }) => {
        const outcome = await sessions.insert(record, {
          actor: 'user:ada',
          request: key,
          sighting: key === null ? null : sampleSighting(),
          limit,
          completes: completes && { id: completes.id, bounds: boundsAt(record.createdAt, days(3)) },
          replaces: replaces?.id ?? null,
          device: devicePlan(record, seen, plan),
          idempotency: key === null ? null : claiming(key, request, forgetBefore).idempotency,
        })
        return outcome.kind === 'inserted' ? byId(outcome.replaced) : outcome
      },
  )

function devicePlan(
  { deviceId }: SessionRecord,
  seen: { readonly at: Instant; readonly browser: string },
  sessions: DevicePlan['sessions'],
): DevicePlan | null {
  const device = ownDevices.find(({ id }) => id === deviceId)
  if (!device) return null
  const deviceInfo = { ...device.deviceInfo, browser: seen.browser }
  const record = { ...device, deviceInfo, firstSeenAt: seen.at, lastSeenAt: seen.at }
  return { record, knowledge: 'known', sessions }
}

/** A session neither grows older nor changes its device, which nothing in the library makes it do. */
async function replace(sessions: SessionStore, next: SessionRecord, replacing: Replacing): Promise<boolean> {
  const found = await sessions.find(next.id)
  const createdAt = instantOf(Math.max(next.createdAt, found?.createdAt ?? 0))
  return sessions.replace({ ...next, createdAt, deviceId: found?.deviceId ?? null }, replacing)
}

export const sessionChanges: readonly fc.Arbitrary<Step>[] = [
  insert,
  insert,
  fc
    .record({
      record,
      version: fc.integer({ min: 2, max: 4 }),
      at: instant,
      cause: fc.constantFrom('rotation' as const, 'confirmation' as const),
    })
    .map(
      ({ record, version, at, cause }): Step =>
        ({ sessions }) =>
          replace(sessions, { ...record, version }, renewedAt(at, cause)),
    ),
  fc
    .array(
      fc.record({
        id: pooled.map(({ id }) => id),
        expiresAt: instant,
        idleTimeout: fc.option(fc.constantFrom(hours(6), hours(24))),
      }),
      { maxLength: 4 },
    )
    .map(
      (grants): Step =>
        ({ sessions }) =>
          sessions.tighten(grants),
    ),
  fc.array(fc.record({ id: pooled.map(({ id }) => id), at: instant }), { maxLength: 4 }).map(
    (seen): Step =>
      ({ sessions }) =>
        sessions.touch(seen),
  ),
  fc
    .record({ session: pooled, userId: fc.option(user), at: instant, reason: fc.constantFrom(...endReasons) })
    .map(
      ({ session, userId, at, reason }): Step =>
        ({ sessions }) =>
          sessions.invalidate(
            { kind: 'session', id: session.id, userId },
            { at, reason, by: 'system', request: null },
          ),
    ),
  fc.record({ userId: user, except: fc.option(pooled), at: instant }).map(
    ({ userId, except, at }): Step =>
      async ({ sessions }) =>
        byId(
          await sessions.invalidate(
            { kind: 'user', userId, except: except?.id ?? null },
            { at, reason: 'revoked', by: 'system', request: null },
          ),
        ),
  ),
  fc.record({ now: instant, idle: fc.option(fc.constant(days(2))) }).map(
    ({ now, idle }): Step =>
      async ({ sessions }) =>
        byId(await sessions.cleanup(boundsAt(now, days(3), idle), now, 100)),
  ),
  instant.map(
    (at): Step =>
      ({ sessions }) =>
        sessions.forget(at, 100),
  ),
  user.map(
    (userId): Step =>
      async ({ sessions }) =>
        byId(await sessions.forgetUser(userId, changedAt(noon), ({ type, at }) => sha256(`${type} ${at}`))),
  ),
]

export const questions: readonly fc.Arbitrary<Step>[] = [
  fc.record({ userId: user, limit: fc.integer({ min: 1, max: 3 }) }).map(
    ({ userId, limit }): Step =>
      ({ devices }) =>
        devices.list(userId, limit),
  ),
  fc.record({ userId: user, now: instant }).map(
    ({ userId, now }): Step =>
      async ({ statistics }) =>
        (await statistics.deviceUses(userId, boundsAt(now))).map((use) => JSON.stringify(use)).sort(),
  ),
  pooled.map(
    ({ id }): Step =>
      ({ sessions }) =>
        sessions.find(id),
  ),
  fc.record({ query, limit: fc.integer({ min: 1, max: 5 }) }).map(
    ({ query, limit }): Step =>
      async ({ sessions }) => {
        const first = await sessions.list(query, { cursor: null, limit })
        const second = first.next && (await sessions.list(query, { cursor: first.next, limit }))
        return [first, second]
      },
  ),
  query.map(
    (query): Step =>
      ({ sessions }) =>
        sessions.count(query),
  ),
  instant.map(
    (now): Step =>
      ({ statistics }) =>
        statistics.backlog(boundsAt(now), 4),
  ),
  fc.record({ userId: user, now: instant }).map(
    ({ userId, now }): Step =>
      ({ statistics }) =>
        statistics.forUser(userId, windowAt(now)),
  ),
]
