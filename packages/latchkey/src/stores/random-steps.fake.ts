import fc from 'fast-check'
import { days, type Instant } from '../foundation/time.ts'
import { endReasons, type SessionRecord } from '../model/session.ts'
import type { DevicePlan } from '../ports/session-store.ts'
import { boundsAt, claiming, windowAt } from '../testing/session-store-contract/sample-session.ts'
import { byId, instant, ownDevices, pooled, query, record, type Step, user } from './random-records.fake.ts'

const insert = fc
  .record({
    record,
    replaces: fc.option(pooled),
    seen: fc.record({ at: instant, browser: fc.constantFrom('Firefox', 'Safari') }),
    sessions: fc.constantFrom('end-earlier' as const, 'keep-earlier' as const),
    key: fc.option(fc.constantFrom('k1', 'k2')),
    request: fc.constantFrom('r1', 'r2'),
    forgetBefore: instant,
  })
  .map(
    ({ record, replaces, seen, sessions: plan, key, request, forgetBefore }): Step =>
      async ({ sessions }) => {
        const outcome = await sessions.insert(record, {
          actor: 'user:ada',
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

export const sessionChanges: readonly fc.Arbitrary<Step>[] = [
  insert,
  insert,
  fc.record({ record, version: fc.integer({ min: 2, max: 4 }), at: instant }).map(
    ({ record, version, at }): Step =>
      ({ sessions }) =>
        sessions.replace({ ...record, version }, at, 'user:ada'),
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
          sessions.invalidate({ kind: 'session', id: session.id, userId }, { at, reason, by: 'system' }),
    ),
  fc.record({ userId: user, except: fc.option(pooled), at: instant }).map(
    ({ userId, except, at }): Step =>
      async ({ sessions }) =>
        byId(
          await sessions.invalidate(
            { kind: 'user', userId, except: except?.id ?? null },
            { at, reason: 'revoked', by: 'system' },
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
        byId(await sessions.forgetUser(userId)),
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
