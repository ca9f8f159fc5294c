import { announced } from './announcements.ts'
import { columnTypes, type SessionRow, sessionColumns } from './row.ts'
import { addToCounters } from './session-counters.ts'

/** A statement does only what its batch needs: a join with all sessions is not free, even where it finds nothing. */
interface Needs {
  readonly claim: 'with-claim' | 'without-claim'
  readonly replacing: 'some' | 'none'
}

type Column = keyof SessionRow

const columnNames = Object.keys(columnTypes) as Column[]

/** The columns of a session that has not ended. */
export const plainColumns: readonly Column[] = columnNames.filter(
  (name) => name !== 'invalidated_at' && name !== 'end_reason' && name !== 'ended_by',
)

/** JSON comes as text, since a driver makes an array of objects into something else. */
function inputArray(name: Column): string {
  const type = columnTypes[name]
  return `:${name}::${type === 'jsonb' ? 'text' : type}[]`
}

/**
 * The usual case, for which the caller has counted: live sessions, and nothing that gives way. What the events need
 * comes a second time, which costs less than to keep the whole input for two readers. The counter is that of any
 * shard, since only their sum is asked for.
 */
export const plainInsert: string = `WITH added AS (
  INSERT INTO user_sessions (${plainColumns.join(', ')})
  SELECT ${plainColumns.map((name) => (columnTypes[name] === 'jsonb' ? `${name}::jsonb` : name)).join(', ')}
  FROM unnest(${plainColumns.map(inputArray).join(', ')}) AS input (${plainColumns.join(', ')})),
counted AS (
  INSERT INTO session_counters AS counter (shard, name, value)
  VALUES (:countedIn::smallint, 'created', :count::bigint)
  ON CONFLICT (shard, name) DO UPDATE SET value = counter.value + excluded.value)
INSERT INTO session_events (type, at, session_id, user_id, shard, actor, device_type, browser, os)
SELECT 'session.created', * FROM unnest(:created_at::bigint[], :id::text[], :user_id::text[], :shard::smallint[],
  :actor::text[], :device_type::text[], :browser::text[], :os::text[])`

/** Every column, parsed, with who did it, what is to be replaced, and the place in the batch. */
const input = `SELECT ${sessionColumns.replace(/device_info|amr/g, (name) => `${name}::jsonb AS ${name}`)},
    actor, replaces, place
  FROM unnest(${columnNames.map(inputArray).join(', ')}, :actor::text[], :replaces::text[]) WITH ORDINALITY
    AS input (${sessionColumns}, actor, replaces, place)`

const created = `'session.created', created_at, id, user_id, shard, actor, NULL,
    device_info ->> 'type', device_info ->> 'browser', device_info ->> 'os'`

/** A claim that counts still is left alone and brings no row: then nothing else of the statement happens. */
const claim = `claimed AS (
  INSERT INTO session_claims AS earlier (key_hash, request_hash, session_id, shard, claimed_at)
  SELECT :keyHash::bytea, :requestHash::bytea, id, shard, created_at FROM input
  ON CONFLICT (key_hash) DO UPDATE SET request_hash = excluded.request_hash, session_id = excluded.session_id,
    shard = excluded.shard, claimed_at = excluded.claimed_at
  WHERE earlier.claimed_at < :forgetBefore::bigint
  RETURNING session_id),
accepted AS (SELECT input.* FROM input JOIN claimed ON claimed.session_id = input.id)`

/** What gives way is locked in one order, so that two statements do not wait for one another in a circle. */
const endReplaced = `locked AS MATERIALIZED (
  SELECT old.id, old.shard, accepted.id AS replaced_by, accepted.created_at AS ended_at, accepted.actor
  FROM accepted JOIN user_sessions AS old ON old.id = accepted.replaces AND old.shard = accepted.shard
    AND old.user_id = accepted.user_id AND old.id <> accepted.id AND old.invalidated_at IS NULL
  ORDER BY old.shard, old.id FOR NO KEY UPDATE OF old),
replaced AS (
  UPDATE user_sessions AS old
  SET invalidated_at = locked.ended_at, end_reason = 'replaced', ended_by = locked.actor
  FROM locked WHERE old.id = locked.id AND old.shard = locked.shard AND old.invalidated_at IS NULL
  RETURNING old.id, locked.replaced_by)`

const nothingReplaced = 'replaced AS (SELECT id, id AS replaced_by FROM accepted WHERE false)'

const count = addToCounters(`
    SELECT shard, 'created', 1 FROM accepted
    UNION ALL SELECT shard, end_reason, 1 FROM accepted WHERE end_reason IS NOT NULL
    UNION ALL SELECT accepted.shard, 'replaced', 1 FROM replaced JOIN accepted ON accepted.id = replaced.replaced_by`)

const tell = `INSERT INTO session_events (type, at, session_id, user_id, shard, actor, reason, device_type, browser, os)
  SELECT type, at, session_id, user_id, shard, actor, reason, device_type, browser, os FROM (
    SELECT place, 1, ${created} FROM accepted
    UNION ALL
    SELECT place, 2, 'session.ended', created_at, replaced.id, user_id, shard, actor, 'replaced', NULL, NULL, NULL
    FROM replaced JOIN accepted ON accepted.id = replaced.replaced_by)
    AS event (place, step, type, at, session_id, user_id, shard, actor, reason, device_type, browser, os)
  ORDER BY place, step`

/** Adds a batch with everything that belongs to it, in one statement and so in one commit. */
function insertStatement(needs: Needs): string {
  const isReplacing = needs.replacing === 'some'
  return `WITH input AS (
  ${input}),
${needs.claim === 'with-claim' ? claim : 'accepted AS (SELECT * FROM input)'},
added AS (
  INSERT INTO user_sessions (${sessionColumns}) SELECT ${sessionColumns} FROM accepted RETURNING id),
${isReplacing ? endReplaced : nothingReplaced},
counted AS (${count}),
told AS (${tell})${isReplacing ? `,\n${announced}` : ''}
SELECT added.id, replaced.id AS replaced
FROM ${isReplacing ? 'announced LEFT JOIN ' : ''}(added LEFT JOIN replaced ON replaced.replaced_by = added.id)
${isReplacing ? 'ON true' : ''}`
}

/** By whether there is a claim, and whether something gives way. */
export const insertStatements: Readonly<Record<Needs['claim'], Record<Needs['replacing'], string>>> = {
  'without-claim': {
    none: insertStatement({ claim: 'without-claim', replacing: 'none' }),
    some: insertStatement({ claim: 'without-claim', replacing: 'some' }),
  },
  'with-claim': {
    none: insertStatement({ claim: 'with-claim', replacing: 'none' }),
    some: insertStatement({ claim: 'with-claim', replacing: 'some' }),
  },
}
