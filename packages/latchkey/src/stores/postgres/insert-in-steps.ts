import type { InsertOutcome } from '../../ports/session-store.ts'
import { lockUser } from './advisory-locks.ts'
import { type Announce, sendAnnouncements } from './announcements.ts'
import type { Connection, Statements } from './connection.ts'
import { cutOffOf } from './cut-offs-of-sessions.ts'
import {
  claimAttempts,
  earlierOutcome,
  insertTogether,
  selectionsOf,
  vanishedClaim,
} from './insert-session.ts'
import { claimAlone } from './insert-statement.ts'
import { type Insert, isNewDevice } from './insert-values.ts'
import { orNull } from './json-columns.ts'
import { sessionsOverLimit } from './over-limit.ts'
import { isPending, lockWhatGivesWay } from './pending-sessions.ts'
import { type Big, toInstant } from './row.ts'
import { seeDevices } from './see-devices.ts'
import { toStoredText } from './stored-text.ts'

/** What inserts need of a connection. */
export type InsertConnection = Pick<Connection, 'all' | 'script' | 'transaction'>

/**
 * Inserts without a claim, without a limit and of nothing pending, all of them or none, save for what cut-offs refuse. Devices that are
 * known come in a statement before the one that adds the sessions: that one sees what was committed while it waited
 * for a device, and ends it. No two of the inserts may be on one device: neither would see the other.
 */
export async function insertBatch(
  connection: InsertConnection,
  batch: readonly Insert[],
  announce: Announce,
): Promise<readonly InsertOutcome[]> {
  return batch.every(({ plan: { device } }) => device === null || isNewDevice(device))
    ? insertTogether(connection, batch, announce)
    : connection.transaction((statements) => insertOnDevices(statements, batch, announce))
}

async function insertOnDevices(
  statements: Statements,
  batch: readonly Insert[],
  announce: Announce,
): Promise<readonly InsertOutcome[]> {
  const refused = await refusedByCutOffs(statements, batch)
  const taken = batch.filter((_, index) => !refused[index])
  const outcomes = taken.length > 0 ? await insertSeen(statements, taken, announce) : []
  return batch.map((insert, index) => refused[index] ?? outcomes[taken.indexOf(insert)] ?? nothingReplaced)
}

const nothingReplaced: InsertOutcome = { kind: 'inserted', replaced: [] }

async function insertSeen(
  statements: Statements,
  batch: readonly Insert[],
  announce: Announce,
): Promise<readonly InsertOutcome[]> {
  const seen = await seeDevices(statements, batch)
  for (const insert of seen) {
    const { completes } = insert.plan
    if (completes && !(await lockWhatGivesWay(statements, insert, completes))) throw noLongerPending
  }
  return insertTogether(statements, seen, announce, 'seen')
}

const refusedStatement = `SELECT ${cutOffOf('input')} AS cut_off_at
  FROM unnest(:user_id::text[], :device_id::text[], :created_at::bigint[])
    WITH ORDINALITY AS input (user_id, device_id, created_at, nth) ORDER BY nth`

/** Before anything is changed: of what is refused not even the device is seen. */
async function refusedByCutOffs(
  statements: Statements,
  batch: readonly Insert[],
): Promise<readonly (InsertOutcome | null)[]> {
  const rows = await statements.all<{ cut_off_at: Big | null }>(refusedStatement, {
    user_id: batch.map(({ record }) => toStoredText(record.userId)),
    device_id: batch.map(({ record }) => record.deviceId),
    created_at: batch.map(({ record }) => record.createdAt),
    heededFrom: 0,
  })
  return rows.map(({ cut_off_at }) =>
    orNull(cut_off_at, (at) => ({ kind: 'cut-off', notBefore: toInstant(at) }) as const),
  )
}

/**
 * One with a limit, one that completes another, or one with a claim and on a known device. What is refused is found out
 * before anything is changed; of one user's with a limit one at a time is in here, over all processes, so that each sees
 * what the others added.
 */
export async function insertInSteps(
  connection: InsertConnection,
  insert: Insert,
  announce: Announce,
): Promise<InsertOutcome> {
  for (let attempt = 1; attempt <= claimAttempts; attempt += 1) {
    try {
      const outcome = await connection.transaction((statements) =>
        attemptInsert(statements, insert, announce),
      )
      if (outcome) return outcome
    } catch (thrown) {
      if (thrown === noLongerPending) return { kind: 'not-pending' }
      throw thrown
    }
  }
  throw vanishedClaim()
}

/** Thrown in a transaction, to undo it. */
const noLongerPending = new Error('What was to be completed is not pending any more.')

/** Null where a claim came in between, and nothing was changed. */
async function attemptInsert(
  statements: Statements,
  insert: Insert,
  announce: Announce,
): Promise<InsertOutcome | null> {
  const { limit, idempotency, completes } = insert.plan
  if (limit) await lockUser(statements, insert.record.userId)
  const earlier = idempotency && (await earlierOutcome(statements, idempotency))
  if (earlier) {
    // What the earlier one ended may not have been confirmed by everybody yet.
    await sendAnnouncements(statements, announce(selectionsOf([insert])))
    return earlier
  }
  const [refused] = await refusedByCutOffs(statements, [insert])
  if (refused) return refused
  if (completes && !(await isPending(statements, insert, completes))) return { kind: 'not-pending' }
  const overLimit = limit ? await sessionsOverLimit(statements, insert, limit) : []
  if (overLimit.length > 0 && limit?.atLimit === 'reject') return { kind: 'limit-reached' }
  if (!(await isClaimed(statements, insert))) return null
  const [outcome] = await insertSeen(statements, [{ ...insert, overLimit }], announce)
  return outcome ?? null
}

async function isClaimed(statements: Statements, { record, plan }: Insert): Promise<boolean> {
  if (!plan.idempotency) return true
  const { id, shard, createdAt } = record
  const { keyHash, requestHash, forgetBefore } = plan.idempotency
  const values = { id, shard, created_at: createdAt, keyHash, requestHash, forgetBefore }
  return (await statements.all(claimAlone, values)).length > 0
}
