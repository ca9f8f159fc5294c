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
  plainestInsert,
  plainInsert,
  plainInsertWithDevices,
} from './insert-statement.ts'
import {
  type CutOffs,
  columnsOf,
  type Insert,
  isPlainest,
  plainValues,
  plainValuesWithDevices,
} from './insert-values.ts'
import { type Big, type FoundRow, foundColumns, toInstant, toRecord } from './row.ts'

interface InsertedRow {
  /** Null in the row of a statement that added nothing and announced something. */
  readonly id: SessionId | null
  readonly replaced: SessionId | null
  /** Set in the row of one that a cut-off refused. */
  readonly cut_off_at: Big | null
}

/** Inserts without a claim, all of them or none, save for what cut-offs refuse. Their devices are there. */
export async function insertTogether(
  connection: Statements,
  batch: readonly Insert[],
  announce: Announce,
  cutOffs: CutOffs = 'heeded',
): Promise<readonly InsertOutcome[]> {
  // Also where there is nothing to tell: an attempt before this one may have had something.
  const announcements = announce(selectionsOf(batch))
  if (batch.every(isPlain) && (await insertPlain(connection, batch, cutOffs))) {
    return batch.map(({ record }) => outcomeOf(record, []))
  }
  const sql = insertStatements[givingWayTo(batch)]
  const rows = await connection.all<InsertedRow>(sql, { ...columnsOf(batch, cutOffs), announcements })
  return batch.map(({ record }) => outcomeOf(record, rows))
}

/** False, and nothing was added, where a cut-off refuses any of them. */
async function insertPlain(
  connection: Statements,
  batch: readonly Insert[],
  cutOffs: CutOffs,
): Promise<boolean> {
  if (batch.some(({ addsDevice }) => addsDevice)) {
    const values = plainValuesWithDevices(batch, cutOffs)
    return (await connection.all(plainInsertWithDevices, values)).length === 0
  }
  const sql = batch.every(({ record }) => isPlainest(record)) ? plainestInsert : plainInsert
  return (await connection.all(sql, plainValues(batch, cutOffs))).length === 0
}

function isPlain({ record, plan, endsEarlier, overLimit }: Insert): boolean {
  const isAsCreated = record.invalidatedAt === null && record.rotation === null
  const isNamingNone = plan.replaces === null && plan.completes === null
  return isAsCreated && isNamingNone && !endsEarlier && overLimit.length === 0
}

function givingWayTo(batch: readonly Insert[]): keyof typeof insertStatements {
  if (batch.some(({ plan }) => plan.completes !== null)) return 'completed'
  if (batch.some(({ overLimit }) => overLimit.length > 0)) return 'over-limit'
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
    const outcome = outcomeOf(insert.record, rows)
    if (outcome.kind === 'inserted' && rows.some(({ id }) => id !== null)) return outcome
    const earlier = await earlierOutcome(connection, claimed)
    if (earlier) return earlier
    if (outcome.kind === 'cut-off') return outcome
  }
  throw vanishedClaim()
}

export function vanishedClaim(): LatchkeyError {
  return new LatchkeyError('storage-busy', 'The session of this key is being forgotten.')
}

/** What others must hear of. A device is told of as its user, whether or not anything on it is live still. */
export function selectionsOf(batch: readonly Insert[]): readonly SessionSelection[] {
  return batch.flatMap(
    ({ record: { userId }, plan: { replaces, completes }, endsEarlier, overLimit }): SessionSelection[] => {
      if (endsEarlier || overLimit.length > 0 || completes !== null)
        return [{ kind: 'user', userId, except: null }]
      return replaces === null ? [] : [{ kind: 'session', id: replaces, userId }]
    },
  )
}

/** Of the rows that a statement brought, those of the session say what gave way to it. */
function outcomeOf({ id, userId }: SessionRecord, rows: readonly InsertedRow[]): InsertOutcome {
  const own = rows.filter((row) => row.id === id)
  const refused = own.find((row) => row.cut_off_at !== null)
  if (refused?.cut_off_at) return { kind: 'cut-off', notBefore: toInstant(refused.cut_off_at) }
  const replaced = own.flatMap((row) => (row.replaced !== null ? [{ id: row.replaced, userId }] : []))
  return { kind: 'inserted', replaced }
}

type ClaimRow = { request_hash: Uint8Array } & FoundRow

/** Null where there is none that counts still. */
export async function earlierOutcome(
  connection: Statements,
  claimed: IdempotencyClaim,
): Promise<InsertOutcome | null> {
  const [earlier] = await connection.all<ClaimRow>(
    `SELECT session_claims.request_hash, ${foundColumns} FROM session_claims JOIN user_sessions
       ON user_sessions.id = session_claims.session_id AND user_sessions.shard = session_claims.shard
     WHERE key_hash = :keyHash::bytea AND claimed_at >= :forgetBefore::bigint`,
    { keyHash: claimed.keyHash, forgetBefore: claimed.forgetBefore },
  )
  if (!earlier) return null
  if (!equalInConstantTime(earlier.request_hash, claimed.requestHash)) return { kind: 'conflict' }
  return { kind: 'repeated', record: toRecord(earlier) }
}
