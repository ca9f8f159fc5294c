import { equalInConstantTime } from '../../foundation/bytes.ts'
import { LatchkeyError } from '../../foundation/errors.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { SessionSelection } from '../../model/session-filter.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { IdempotencyClaim, InsertOutcome } from '../../ports/session-store.ts'
import type { Announce } from './announcements.ts'
import type { Statements } from './connection.ts'
import {
  claimedInsertStatements,
  insertStatements,
  plainInsert,
  plainInsertWithDevices,
} from './insert-statement.ts'
import { columnsOf, type Insert, plainValues, plainValuesWithDevices } from './insert-values.ts'
import { type SessionRow, sessionColumns, toRecord } from './row.ts'

interface InsertedRow {
  /** Null in the row of a statement that added nothing and announced something. */
  readonly id: SessionId | null
  readonly replaced: SessionId | null
}

/** Inserts without a claim, all of them or none. Their devices are there. */
export async function insertTogether(
  connection: Statements,
  batch: readonly Insert[],
  announce: Announce,
): Promise<readonly InsertOutcome[]> {
  // Also where there is nothing to tell: an attempt before this one may have had something.
  const announcements = announce(selectionsOf(batch))
  if (batch.every(isPlain)) {
    if (batch.every(({ addsDevice }) => !addsDevice)) await connection.all(plainInsert, plainValues(batch))
    else await connection.all(plainInsertWithDevices, plainValuesWithDevices(batch))
    return batch.map(({ record }) => outcomeOf(record, []))
  }
  const sql = insertStatements[givingWayTo(batch)]
  const rows = await connection.all<InsertedRow>(sql, { ...columnsOf(batch), announcements })
  return batch.map(({ record }) => outcomeOf(record, rows))
}

function isPlain({ record, plan, endsEarlier }: Insert): boolean {
  return plan.replaces === null && record.invalidatedAt === null && !endsEarlier
}

function givingWayTo(batch: readonly Insert[]): keyof typeof insertStatements {
  return batch.some(({ endsEarlier }) => endsEarlier) ? 'of-devices' : namedIn(batch)
}

function namedIn(batch: readonly Insert[]): 'nothing' | 'named' {
  return batch.some(({ plan }) => plan.replaces !== null) ? 'named' : 'nothing'
}

/** How often a claim may vanish between two statements, because its session is forgotten, before it is an error. */
export const claimAttempts = 5

export async function insertClaimed(
  connection: Statements,
  insert: Insert,
  claimed: IdempotencyClaim,
  announce: Announce,
): Promise<InsertOutcome> {
  const { keyHash, requestHash, forgetBefore } = claimed
  const values = { ...columnsOf([insert]), keyHash, requestHash, forgetBefore }
  const sql = claimedInsertStatements[namedIn([insert])]
  for (let attempt = 1; attempt <= claimAttempts; attempt += 1) {
    // Anew for each: a node that confirmed one that added nothing may have loaded what gives way since.
    const announcements = announce(selectionsOf([insert]))
    const rows = await connection.all<InsertedRow>(sql, { ...values, announcements })
    if (rows[0]?.id) return outcomeOf(insert.record, rows)
    const earlier = await earlierOutcome(connection, claimed)
    if (earlier) return earlier
  }
  throw vanishedClaim()
}

export function vanishedClaim(): LatchkeyError {
  return new LatchkeyError('storage-busy', 'The session of this key is being forgotten.')
}

/** What others must hear of. A device is told of as its user, whether or not anything on it is live still. */
export function selectionsOf(batch: readonly Insert[]): readonly SessionSelection[] {
  return batch.flatMap(({ record: { userId }, plan: { replaces }, endsEarlier }): SessionSelection[] => {
    if (endsEarlier) return [{ kind: 'user', userId, except: null }]
    return replaces === null ? [] : [{ kind: 'session', id: replaces, userId }]
  })
}

/** Of the rows that a statement brought, those of the session say what gave way to it. */
function outcomeOf({ id, userId }: SessionRecord, rows: readonly InsertedRow[]): InsertOutcome {
  const replaced = rows.flatMap((row) =>
    row.id === id && row.replaced !== null ? [{ id: row.replaced, userId }] : [],
  )
  return { kind: 'inserted', replaced }
}

/** Named one by one: a statement that was prepared before a column was added would fail with a star. */
const foundColumns = sessionColumns.replace(/\w+/g, 'user_sessions.$&')

type ClaimRow = { request_hash: Uint8Array } & SessionRow

export async function earlierOutcome(
  connection: Statements,
  claimed: IdempotencyClaim,
): Promise<InsertOutcome | null> {
  const [earlier] = await connection.all<ClaimRow>(
    `SELECT session_claims.request_hash, ${foundColumns} FROM session_claims JOIN user_sessions
       ON user_sessions.id = session_claims.session_id AND user_sessions.shard = session_claims.shard
     WHERE key_hash = :keyHash::bytea`,
    { keyHash: claimed.keyHash },
  )
  if (!earlier) return null
  if (!equalInConstantTime(earlier.request_hash, claimed.requestHash)) return { kind: 'conflict' }
  return { kind: 'repeated', record: toRecord(earlier) }
}
