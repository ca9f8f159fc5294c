import fc from 'fast-check'
import { forever } from '../model/cut-off.ts'
import { plainEvent, type SessionEvent } from '../model/session-event.ts'
import { changedAt, cutOffAt, everyEvent, linkTo } from '../testing/session-store-contract/sample-session.ts'
import { byId, instant, pooled, type Step, scope, user } from './random-records.fake.ts'

const actor = fc.constantFrom(
  'system' as const,
  'user:ada' as const,
  'user:bob' as const,
  'admin:bob' as const,
)
const type = fc.constantFrom('request.refused' as const, 'session.created' as const, 'session.ended' as const)

export const auditChanges: readonly fc.Arbitrary<Step>[] = [
  fc.record({ scope, notBefore: fc.oneof(instant, instant, fc.constant(forever)), at: instant, actor }).map(
    ({ scope, notBefore, at, actor }): Step =>
      async ({ cutOffs }) =>
        byId(
          await cutOffs.set(
            cutOffAt(scope, notBefore, { setAt: at, by: actor }),
            changedAt(at, { by: actor }),
          ),
        ),
  ),
  fc.record({ scope, at: instant }).map(
    ({ scope, at }): Step =>
      ({ cutOffs }) =>
        cutOffs.lift(scope, changedAt(at)),
  ),
  fc.record({ at: instant, userId: fc.option(user), actor, type }).map(
    ({ at, userId, actor, type }): Step =>
      ({ events }) =>
        events.append([plainEvent({ type, at, actor, userId, after: { kind: 'forbidden' } })]),
  ),
  fc
    .record({
      position: fc.integer({ min: 1, max: 6 }),
      after: fc.option(fc.integer({ min: 1, max: 6 })),
      at: instant,
    })
    .map(
      ({ position, after, at }): Step =>
        ({ auditLinks }) =>
          auditLinks.append(linkTo((after ?? 0) + position, at), after),
    ),
  fc.integer({ min: 1, max: 6 }).map(
    (last): Step =>
      ({ auditLinks }) =>
        auditLinks.forgetBefore(last),
  ),
]

/** Without its place, which depends on the order of events of one step; members of objects are in no order. */
export function withoutPlace({ position: _, ...event }: SessionEvent): string {
  return JSON.stringify({ ...event, digest: event.digest && [...event.digest] }, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort())
      : value,
  )
}

export const auditQuestions: readonly fc.Arbitrary<Step>[] = [
  scope.map(
    (scope): Step =>
      ({ cutOffs }) =>
        cutOffs.find(scope),
  ),
  fc
    .record({
      userId: fc.option(user),
      sessionId: fc.option(
        pooled.map(({ id }) => id),
        { freq: 1 },
      ),
      actor: fc.option(actor),
      types: fc.uniqueArray(type, { maxLength: 2 }),
      from: fc.option(instant),
      until: fc.option(instant),
    })
    .map(
      (conditions): Step =>
        async ({ events }) => {
          const { items } = await events.list(everyEvent(conditions), { cursor: null, limit: 1_000 })
          return items.map(withoutPlace).sort()
        },
    ),
  instant.map(
    (at): Step =>
      async ({ auditLinks }) => [
        await auditLinks.latest(),
        await auditLinks.latestBefore(at),
        await auditLinks.read(3, 10),
      ],
  ),
]
