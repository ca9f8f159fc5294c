import { addDevices } from './add-devices.ts'
import { announced } from './announcements.ts'
import { anyCutOff, cutOffOf } from './cut-offs-of-sessions.ts'
import { toldOfEnded } from './event-facts.ts'
import { columnTypes, type SessionRow, sessionColumns } from './row.ts'
import { addToCounters } from './session-counters.ts'
import { isPendingCondition } from './session-terms.ts'

/** A statement does only what its batch needs: a join with all sessions is not free, even where it finds nothing. */
interface Needs {
  readonly claim: 'with-claim' | 'without-claim'
  /**
   * `of-devices`: what is named, and what is live on a device whose earlier sessions are to end. `over-limit`: that, and what
   * is too many. `completed`: all of that, and what is pending.
   */
  readonly givingWay: 'nothing' | 'named' | 'of-devices' | 'over-limit' | 'completed'
}

type Column = keyof SessionRow

const columnNames = Object.keys(columnTypes) as Column[]

/** The columns of a session that has not ended and has the token that it was created with. */
export const plainColumns: readonly Column[] = columnNames.filter(
  (name) => !['invalidated_at', 'end_reason', 'ended_by', 'rotation'].includes(name),
)

/** What most sign-ins leave empty. */
const seldomFilled: readonly Column[] = ['last_accessed', 'lifetime', 'place', 'terms', 'idle_limit']

const plainestColumns = plainColumns.filter((name) => !seldomFilled.includes(name))

/** JSON comes as text, since a driver makes an array of objects into something else. */
function inputArray(name: Column): string {
  const type = columnTypes[name]
  return `:${name}::${type === 'jsonb' ? 'text' : type}[]`
}

/** Of a batch in which a cut-off refuses any nothing is added: the statement brings a row, and each is looked at. */
const noneMet = 'NOT EXISTS (SELECT FROM met)'

/**
 * The usual case, for which the caller has counted: live sessions, and nothing that gives way. What the events need
 * comes a second time, which costs less than to keep the whole input for two readers. The counter is that of any
 * shard, since only their sum is asked for.
 */
export const plainInsert: string = plainStatement(plainColumns, '', '')

/** As `plainInsert`, where every session leaves those empty: each array is a price for all of them. */
export const plainestInsert: string = plainStatement(plainestColumns, '', '')

/** As `plainInsert`, with devices that are added: each is told of after its session. Known ones were added before it. */
export const plainInsertWithDevices: string = plainStatement(
  plainColumns,
  `devices AS (
  ${addDevices} WHERE ${noneMet}),
`,
  `
UNION ALL
SELECT 'device.added', at, NULL, id, user_id, shard, actor, request, type, browser, os, NULL, NULL
FROM unnest(:added_at::bigint[], :device_id::text[], :user_id::text[], :shard::smallint[], :actor::text[],
  :request::text[], :added_type::text[], :added_browser::text[], :added_os::text[])
  AS added (at, id, user_id, shard, actor, request, type, browser, os)
WHERE at IS NOT NULL AND ${noneMet}`,
)

function plainStatement(columns: readonly Column[], devices: string, otherEvents: string): string {
  return `WITH met AS MATERIALIZED (${anyCutOff}),
${devices}added AS (
  INSERT INTO user_sessions (${columns.join(', ')})
  SELECT ${columns.map((name) => (columnTypes[name] === 'jsonb' ? `${name}::jsonb` : name)).join(', ')}
  FROM unnest(${columns.map(inputArray).join(', ')}) AS input (${columns.join(', ')})
  WHERE ${noneMet}),
counted AS (
  INSERT INTO session_counters AS counter (shard, name, value)
  SELECT :countedIn::smallint, 'created', :count::bigint WHERE ${noneMet}
  ON CONFLICT (shard, name) DO UPDATE SET value = counter.value + excluded.value),
told AS (
  INSERT INTO session_events (type, at, session_id, device_id, user_id, shard, actor, request, device_type, browser, os,
    after, facts)
  SELECT 'session.created', at, id, device_id, user_id, shard, actor, request, type, browser, os, after::jsonb, facts::jsonb
  FROM unnest(:created_at::bigint[], :id::text[], :device_id::text[], :user_id::text[], :shard::smallint[],
    :actor::text[], :request::text[], :device_type::text[], :browser::text[], :os::text[], :after::text[], :facts::text[])
    AS created (at, id, device_id, user_id, shard, actor, request, type, browser, os, after, facts)
  WHERE ${noneMet}${otherEvents})
SELECT 1 FROM met`
}

const parsedColumns = columnNames.map((name) =>
  columnTypes[name] === 'jsonb' ? `${name}::jsonb AS ${name}` : name,
)

const otherInputs =
  ':actor::text[], :request::text[], :replaces::text[], :ends_earlier::boolean[], :facts::text[]'
const otherNames = 'actor, request, replaces, ends_earlier, facts'
const addedInputs = ':added_at::bigint[], :added_type::text[], :added_browser::text[], :added_os::text[]'
const addedNames = 'added_at, added_type, added_browser, added_os'

/** Every column, parsed, with who did it, what gives way, what of a device is told, and the place in the batch. */
const input = `SELECT ${parsedColumns.join(', ')}, ${otherNames}, ${addedNames}, nth, ${cutOffOf('input')} AS cut_off_at
  FROM unnest(${columnNames.map(inputArray).join(', ')}, ${otherInputs}, ${addedInputs})
    WITH ORDINALITY AS input (${sessionColumns}, ${otherNames}, ${addedNames}, nth)`

const completesNothing = `CASE WHEN ${isPendingCondition} THEN jsonb_build_object('stage', 'pending') END`

/** As `createdEvent` has it. */
const completesOne = `jsonb_build_object('cause', 'factor', 'completes', :completes::text)`

const created = (
  after: string,
): string => `'session.created', created_at, id, device_id, user_id, shard, actor,
    request, ${after}, NULL, device_info ->> 'type', device_info ->> 'browser', device_info ->> 'os', facts::jsonb`

/** A claim that counts still is left alone and brings no row: then nothing else of the statement happens. */
function claimStatement(source: string): string {
  return `INSERT INTO session_claims AS earlier (key_hash, request_hash, session_id, shard, claimed_at)
  SELECT :keyHash::bytea, :requestHash::bytea, ${source}
  ON CONFLICT (key_hash) DO UPDATE SET request_hash = excluded.request_hash, session_id = excluded.session_id,
    shard = excluded.shard, claimed_at = excluded.claimed_at
  WHERE earlier.claimed_at < :forgetBefore::bigint
  RETURNING session_id`
}

/** By itself, as the first of several statements. */
export const claimAlone: string = claimStatement(':id::text, :shard::smallint, :created_at::bigint')

const claim = `claimed AS (${claimStatement('id, shard, created_at FROM input WHERE cut_off_at IS NULL')}),
accepted AS (SELECT input.* FROM input JOIN claimed ON claimed.session_id = input.id)`

const replacement = `old.id, old.shard, accepted.id AS replaced_by, accepted.created_at AS ended_at, accepted.actor`

/** Why it ends. */
const asReplaced = `'replaced' AS reason`

const isNamed = `old.id = accepted.replaces AND old.shard = accepted.shard
    AND old.user_id = accepted.user_id AND old.id <> accepted.id AND old.invalidated_at IS NULL`

/** What gives way is locked in one order, so that two statements do not wait for one another in a circle. */
const lockNamed = `locked AS MATERIALIZED (
  SELECT ${replacement}, ${asReplaced} FROM accepted JOIN user_sessions AS old ON ${isNamed}
  ORDER BY old.shard, old.id FOR NO KEY UPDATE OF old)`

/** In the same order. Of several that one gives way to, the first in the batch ends it; `others` bring more. */
const lockFound = (others: string): string => `found AS (
  SELECT DISTINCT ON (shard, id) * FROM (
    SELECT ${replacement}, ${asReplaced}, nth FROM accepted JOIN user_sessions AS old ON ${isNamed}
    UNION ALL
    SELECT ${replacement}, ${asReplaced}, nth FROM accepted JOIN user_sessions AS old
      ON old.user_id = accepted.user_id AND old.shard = accepted.shard AND old.is_active
      AND old.device_id = accepted.device_id
    WHERE accepted.ends_earlier${others}) AS candidate
  ORDER BY shard, id, nth),
locked AS MATERIALIZED (
  SELECT found.* FROM found JOIN user_sessions AS old
    ON old.id = found.id AND old.shard = found.shard AND old.invalidated_at IS NULL
  ORDER BY found.shard, found.id FOR NO KEY UPDATE OF old)`

/** Those that were found to be too many, of the only one of the batch; what gives way anyhow is not among them. */
const overLimit = `
    UNION ALL
    SELECT ${replacement}, 'session-limit' AS reason, nth FROM accepted JOIN user_sessions AS old
      ON old.id = ANY (:over_limit::text[]) AND old.shard = accepted.shard AND old.user_id = accepted.user_id
      AND old.invalidated_at IS NULL`

/** What the only one of the batch completes, which is locked and there still. */
const completed = `
    UNION ALL
    SELECT ${replacement}, ${asReplaced}, nth FROM accepted JOIN user_sessions AS old
      ON old.id = :completes::text AND old.shard = accepted.shard AND old.user_id = accepted.user_id`

const endReplaced = `replaced AS (
  UPDATE user_sessions AS old
  SET invalidated_at = locked.ended_at, end_reason = locked.reason, ended_by = locked.actor
  FROM locked WHERE old.id = locked.id AND old.shard = locked.shard AND old.invalidated_at IS NULL
  RETURNING old.id, old.end_reason, locked.replaced_by, ${toldOfEnded('old')})`

const nothingReplaced = `replaced AS (SELECT id, end_reason, id AS replaced_by, NULL AS device_type, NULL AS browser,
    NULL AS os, NULL::jsonb AS facts FROM accepted WHERE false)`

const count = addToCounters(`
    SELECT shard, 'created', 1 FROM accepted
    UNION ALL SELECT shard, end_reason, 1 FROM accepted WHERE end_reason IS NOT NULL
    UNION ALL SELECT accepted.shard, replaced.end_reason, 1 FROM replaced JOIN accepted ON accepted.id = replaced.replaced_by`)

const eventColumns =
  'type, at, session_id, device_id, user_id, shard, actor, request, after, reason, device_type, browser, os, facts'

const tell = (after: string): string => `INSERT INTO session_events (${eventColumns})
  SELECT ${eventColumns} FROM (
    SELECT nth, 1, ${created(after)} FROM accepted
    UNION ALL
    SELECT nth, 2, 'device.added', added_at, NULL, device_id, user_id, shard, actor, request, NULL, NULL,
      added_type, added_browser, added_os, NULL
    FROM accepted WHERE added_at IS NOT NULL
    UNION ALL
    SELECT nth, CASE replaced.end_reason WHEN 'replaced' THEN 3 ELSE 4 END, 'session.ended', created_at, replaced.id,
      NULL, user_id, shard, actor, request, NULL, replaced.end_reason, replaced.device_type,
      replaced.browser, replaced.os, replaced.facts
    FROM replaced JOIN accepted ON accepted.id = replaced.replaced_by)
    AS event (nth, step, ${eventColumns})
  ORDER BY nth, step, session_id`

const giveWay: Readonly<Record<Needs['givingWay'], string>> = {
  nothing: nothingReplaced,
  named: `${lockNamed},\n${endReplaced}`,
  'of-devices': `${lockFound('')},\n${endReplaced}`,
  'over-limit': `${lockFound(overLimit)},\n${endReplaced}`,
  completed: `${lockFound(overLimit + completed)},\n${endReplaced}`,
}

/** New ones; where a claim is refused, its device is not added. */
const deviceStatements: Readonly<Record<Needs['claim'], string>> = {
  'with-claim': `${addDevices} WHERE EXISTS (SELECT FROM accepted)`,
  'without-claim': `${addDevices} WHERE EXISTS (SELECT FROM accepted WHERE accepted.device_id = input.id)`,
}

/** Adds a batch with everything that belongs to it, in one statement and so in one commit. */
function insertStatement(needs: Needs): string {
  const isEnding = needs.givingWay !== 'nothing'
  return `WITH input AS (
  ${input}),
${needs.claim === 'with-claim' ? claim : 'accepted AS (SELECT * FROM input WHERE cut_off_at IS NULL)'},
devices AS (
  ${deviceStatements[needs.claim]}),
added AS (
  INSERT INTO user_sessions (${sessionColumns}) SELECT ${sessionColumns} FROM accepted RETURNING id),
${giveWay[needs.givingWay]},
counted AS (${count}),
told AS (${tell(needs.givingWay === 'completed' ? completesOne : completesNothing)})${isEnding ? `,\n${announced}` : ''}
SELECT added.id, replaced.id AS replaced, NULL AS cut_off_at
FROM ${isEnding ? 'announced LEFT JOIN ' : ''}(added LEFT JOIN replaced ON replaced.replaced_by = added.id)
${isEnding ? 'ON true' : ''}
UNION ALL SELECT id, NULL, cut_off_at FROM input WHERE cut_off_at IS NOT NULL`
}

/** By what gives way. */
export const insertStatements: Readonly<Record<Needs['givingWay'], string>> = {
  nothing: insertStatement({ claim: 'without-claim', givingWay: 'nothing' }),
  named: insertStatement({ claim: 'without-claim', givingWay: 'named' }),
  'of-devices': insertStatement({ claim: 'without-claim', givingWay: 'of-devices' }),
  'over-limit': insertStatement({ claim: 'without-claim', givingWay: 'over-limit' }),
  completed: insertStatement({ claim: 'without-claim', givingWay: 'completed' }),
}

/** With a claim, for sessions without a device or on a new one. */
export const claimedInsertStatements: Readonly<Record<'nothing' | 'named', string>> = {
  nothing: insertStatement({ claim: 'with-claim', givingWay: 'nothing' }),
  named: insertStatement({ claim: 'with-claim', givingWay: 'named' }),
}
