import { equalInConstantTime } from '../../foundation/bytes.ts'
import { LatchkeyError } from '../../foundation/errors.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { IdempotencyClaim, InsertOutcome, InsertPlan } from '../../ports/session-store.ts'
import type { Statements } from './connection.ts'
import { columnTypes, type SessionRow, sessionColumns, toRecord, toValues } from './row.ts'
import { addToCounters } from './session-counters.ts'
import type { Values } from './statement.ts'
import { toStoredText } from './stored-text.ts'

/** A session on its way in. */
export interface Insert {
  readonly record: SessionRecord
  readonly plan: InsertPlan
}

/** A statement does only what its batch needs: a join with all sessions is not free, even where it finds nothing. */
interface Needs {
  readonly claim: 'with-claim' | 'without-claim'
  readonly replacing: 'some' | 'none'
}

/** JSON comes as text, since a driver makes an array of objects into something else. */
const inputArrays = [...Object.entries(columnTypes), ['actor', 'text'], ['replaces', 'text']]
  .map(([name, type]) => `:${name}::${type === 'jsonb' ? 'text' : type}[]`)
  .join(', ')

const parsed = sessionColumns.replace(/device_info|amr/g, (name) => `${name}::jsonb AS ${name}`)

/** A claim that counts still is left alone and brings no row: then nothing else of the statement happens. */
const claim = `claimed AS (
  INSERT INTO session_claims AS earlier (key_hash, request_hash, session_id, shard, claimed_at)
  SELECT :keyHash::bytea, :requestHash::bytea, id, shard, created_at FROM input
  ON CONFLICT (key_hash) DO UPDATE SET request_hash = excluded.request_hash, session_id = excluded.session_id,
    shard = excluded.shard, claimed_at = excluded.claimed_at
  WHERE earlier.claimed_at < :forgetBefore::bigint
  RETURNING session_id),
accepted AS (SELECT input.* FROM input JOIN claimed ON claimed.session_id = input.id)`

const endReplaced = `replaced AS (
  UPDATE user_sessions AS old
  SET invalidated_at = accepted.created_at, end_reason = 'replaced', ended_by = accepted.actor
  FROM accepted
  WHERE accepted.replaces IS NOT NULL AND old.id = accepted.replaces AND old.shard = accepted.shard
    AND old.user_id = accepted.user_id AND old.id <> accepted.id AND old.invalidated_at IS NULL
  RETURNING old.id, accepted.id AS replaced_by)`

const nothingReplaced = 'replaced AS (SELECT id, id AS replaced_by FROM accepted WHERE false)'

const count = addToCounters(`
    SELECT shard, 'created', 1 FROM accepted
    UNION ALL SELECT shard, end_reason, 1 FROM accepted WHERE end_reason IS NOT NULL
    UNION ALL SELECT accepted.shard, 'replaced', 1 FROM replaced JOIN accepted ON accepted.id = replaced.replaced_by`)

const tell = `INSERT INTO session_events (type, at, session_id, user_id, shard, actor, reason, device)
  SELECT type, at, session_id, user_id, shard, actor, reason, device FROM (
    SELECT place, 1 AS step, 'session.created' AS type, created_at AS at, id AS session_id, user_id, shard, actor,
      NULL AS reason, jsonb_build_object('type', device_info -> 'type', 'browser', device_info -> 'browser',
        'os', device_info -> 'os') AS device
    FROM accepted
    UNION ALL
    SELECT place, 2, 'session.ended', created_at, replaced.id, user_id, shard, actor, 'replaced', NULL
    FROM replaced JOIN accepted ON accepted.id = replaced.replaced_by) AS event
  ORDER BY place, step`

/** Adds a batch with everything that belongs to it, in one statement and so in one commit. */
function insertStatement(needs: Needs): string {
  return `WITH input AS (
  SELECT ${parsed}, actor, replaces, place
  FROM unnest(${inputArrays}) WITH ORDINALITY AS input (${sessionColumns}, actor, replaces, place)),
${needs.claim === 'with-claim' ? claim : 'accepted AS (SELECT * FROM input)'},
added AS (
  INSERT INTO user_sessions (${sessionColumns}) SELECT ${sessionColumns} FROM accepted RETURNING id),
${needs.replacing === 'some' ? endReplaced : nothingReplaced},
counted AS (${count}),
told AS (${tell})
SELECT added.id, replaced.id AS replaced FROM added LEFT JOIN replaced ON replaced.replaced_by = added.id`
}

const statements = {
  'without-claim': {
    none: insertStatement({ claim: 'without-claim', replacing: 'none' }),
    some: insertStatement({ claim: 'without-claim', replacing: 'some' }),
  },
  'with-claim': {
    none: insertStatement({ claim: 'with-claim', replacing: 'none' }),
    some: insertStatement({ claim: 'with-claim', replacing: 'some' }),
  },
} as const

function statementFor(claim: Needs['claim'], batch: readonly Insert[]): string {
  return statements[claim][batch.some(({ plan }) => plan.replaces !== null) ? 'some' : 'none']
}

interface InsertedRow {
  readonly id: SessionId
  readonly replaced: SessionId | null
}

/** Inserts without a claim, all of them or none. */
export async function insertBatch(
  connection: Statements,
  batch: readonly Insert[],
): Promise<readonly InsertOutcome[]> {
  const rows = await connection.all<InsertedRow>(statementFor('without-claim', batch), batchValues(batch))
  const replacedBy = new Map(rows.map((row) => [row.id, row.replaced]))
  return batch.map(({ record }) => outcomeOf(record, replacedBy.get(record.id) ?? null))
}

/** How often a claim may vanish between two statements, because its session is forgotten, before it is an error. */
const attempts = 5

export async function insertClaimed(
  connection: Statements,
  insert: Insert,
  claimed: IdempotencyClaim,
): Promise<InsertOutcome> {
  const { keyHash, requestHash, forgetBefore } = claimed
  const values = { ...batchValues([insert]), keyHash, requestHash, forgetBefore }
  const sql = statementFor('with-claim', [insert])
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const [row] = await connection.all<InsertedRow>(sql, values)
    if (row) return outcomeOf(insert.record, row.replaced)
    const earlier = await earlierOutcome(connection, claimed)
    if (earlier) return earlier
  }
  throw new LatchkeyError('storage-busy', 'The session of this key is being forgotten.')
}

function outcomeOf(record: SessionRecord, replaced: SessionId | null): InsertOutcome {
  return { kind: 'inserted', replaced: replaced === null ? [] : [{ id: replaced, userId: record.userId }] }
}

function batchValues(batch: readonly Insert[]): Values {
  const rows = batch.map(({ record, plan }) => ({
    ...toValues(record),
    actor: toStoredText(plan.actor),
    replaces: plan.replaces,
  }))
  const names = [...Object.keys(columnTypes), 'actor', 'replaces'] as (keyof (typeof rows)[number])[]
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]))
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
