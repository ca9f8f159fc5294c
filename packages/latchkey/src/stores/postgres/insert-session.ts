import { equalInConstantTime } from '../../foundation/bytes.ts'
import { LatchkeyError } from '../../foundation/errors.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { IdempotencyClaim, InsertOutcome, InsertPlan } from '../../ports/session-store.ts'
import type { Announce } from './announcements.ts'
import type { Statements } from './connection.ts'
import { insertStatements, plainColumns, plainInsert } from './insert-statement.ts'
import { columnTypes, type SessionRow, sessionColumns, toRecord, toValues } from './row.ts'
import type { Values } from './statement.ts'
import { toStoredText } from './stored-text.ts'

/** A session on its way in. */
export interface Insert {
  readonly record: SessionRecord
  readonly plan: InsertPlan
}

interface InsertedRow {
  /** Null in the row of a statement that added nothing and announced something. */
  readonly id: SessionId | null
  readonly replaced: SessionId | null
}

/** Inserts without a claim, all of them or none. */
export async function insertBatch(
  connection: Statements,
  batch: readonly Insert[],
  announce: Announce,
): Promise<readonly InsertOutcome[]> {
  if (batch.every(isPlain)) {
    await connection.all(plainInsert, plainValues(batch))
    return batch.map(({ record }) => outcomeOf(record, null))
  }
  const values = { ...columnsOf(batch, everyColumn), announcements: announcementsOf(batch, announce) }
  const sql = insertStatements['without-claim'][replacingOf(batch)]
  const rows = await connection.all<InsertedRow>(sql, values)
  const replacedBy = new Map(rows.map((row) => [row.id, row.replaced]))
  return batch.map(({ record }) => outcomeOf(record, replacedBy.get(record.id) ?? null))
}

function isPlain({ record, plan }: Insert): boolean {
  return plan.replaces === null && record.invalidatedAt === null
}

function replacingOf(batch: readonly Insert[]): 'some' | 'none' {
  return batch.some(({ plan }) => plan.replaces !== null) ? 'some' : 'none'
}

/** How often a claim may vanish between two statements, because its session is forgotten, before it is an error. */
const attempts = 5

export async function insertClaimed(
  connection: Statements,
  insert: Insert,
  claimed: IdempotencyClaim,
  announce: Announce,
): Promise<InsertOutcome> {
  const { keyHash, requestHash, forgetBefore } = claimed
  const values = { ...columnsOf([insert], everyColumn), keyHash, requestHash, forgetBefore }
  const sql = insertStatements['with-claim'][replacingOf([insert])]
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    // Anew for each: a node that confirmed one that added nothing may have loaded what gives way since.
    const announcements = announcementsOf([insert], announce)
    const [row] = await connection.all<InsertedRow>(sql, { ...values, announcements })
    if (row?.id) return outcomeOf(insert.record, row.replaced)
    const earlier = await earlierOutcome(connection, claimed)
    if (earlier) return earlier
  }
  throw new LatchkeyError('storage-busy', 'The session of this key is being forgotten.')
}

/** Null where nothing gives way: then the statement announces nothing. */
function announcementsOf(batch: readonly Insert[], announce: Announce): readonly string[] | null {
  const selections = batch.flatMap(({ record: { userId }, plan: { replaces } }) =>
    replaces === null ? [] : [{ kind: 'session', id: replaces, userId } as const],
  )
  return selections.length === 0 ? null : announce(selections)
}

function outcomeOf(record: SessionRecord, replaced: SessionId | null): InsertOutcome {
  return { kind: 'inserted', replaced: replaced === null ? [] : [{ id: replaced, userId: record.userId }] }
}

const everyColumn: readonly string[] = [...Object.keys(columnTypes), 'actor', 'replaces']

/** One array for each column. */
function columnsOf(batch: readonly Insert[], names: readonly string[]): Values {
  const rows: readonly Values[] = batch.map(({ record, plan }) => ({
    ...toValues(record),
    actor: toStoredText(plan.actor),
    replaces: plan.replaces,
  }))
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]))
}

function plainValues(batch: readonly Insert[]): Values {
  const rows = batch.map(({ record }) => toValues(record))
  const columns = plainColumns.map((name) => {
    const column = rows.map((row) => row[name])
    return [name, bareColumns.has(name) ? bareArray(column) : column]
  })
  return {
    ...Object.fromEntries(columns),
    secret_hash: bareArray(batch.map(({ record }) => bareBytes(record.secretHash))),
    actor: batch.map(({ plan }) => toStoredText(plan.actor)),
    device_type: batch.map(({ record }) => record.deviceInfo.type),
    browser: batch.map(({ record }) => toStoredText(record.deviceInfo.browser)),
    os: batch.map(({ record }) => toStoredText(record.deviceInfo.os)),
    countedIn: batch[0]?.record.shard,
    count: batch.length,
  }
}

/** Numbers, and texts of letters and digits. */
const bareColumns: ReadonlySet<keyof SessionRow> = new Set([
  'id',
  'created_at',
  'last_accessed',
  'expires_at',
  'shard',
  'version',
  'lifetime',
  'authenticated_at',
] as const)

/** An array as PostgreSQL reads it, of values that need no quotes. A driver looks at each for what to escape, and quotes it. */
function bareArray(values: readonly unknown[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`
}

function bareBytes(bytes: Uint8Array): string {
  return `\\\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`
}

/** Named one by one: a statement that was prepared before a column was added would fail with a star. */
const foundColumns = sessionColumns.replace(/\w+/g, 'user_sessions.$&')

type ClaimRow = { request_hash: Uint8Array } & SessionRow

async function earlierOutcome(
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
