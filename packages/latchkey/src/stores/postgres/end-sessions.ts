import type { Instant } from '../../foundation/time.ts'
import type { CutOff, CutOffScope } from '../../model/cut-off.ts'
import { type ChangeOrigin, type Ending, type SessionRef, systemActor } from '../../model/session.ts'
import type { LivenessBounds, SessionSelection } from '../../model/session-filter.ts'
import { type SessionId, shardOfSession, shardOfUser } from '../../model/session-token.ts'
import { lockMaintenance } from './advisory-locks.ts'
import { type Announce, announced, sendAnnouncements } from './announcements.ts'
import type { Connection, Statements } from './connection.ts'
import { toldColumns, toldOfEnded } from './event-facts.ts'
import { noteNewestFacets } from './facet-sets.ts'
import { orNull } from './json-columns.ts'
import { boundsValues, liveCondition } from './live-condition.ts'
import { overdueSessions } from './overdue-sessions.ts'
import { addOneToCounters, addToCounters } from './session-counters.ts'
import type { Values } from './statement.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

const change = 'SELECT shard, end_reason, 1 FROM ended'

const tell = `told AS (
  INSERT INTO session_events (type, at, session_id, user_id, shard, actor, request, reason, ${toldColumns})
  SELECT 'session.ended', :endedAt::bigint, id, user_id, shard, :endedBy::text, :request::text, end_reason, ${toldColumns}
  FROM ended)`

/** Counts and tells what `ended` brings: `id, user_id, shard, end_reason`, and what is told of them. */
const countAndTell = `counted AS (${addToCounters(change)}),
${tell}`

/** As `countAndTell`, for one session at most. */
const countAndTellOne = `counted AS (${addOneToCounters(change)}),
${tell}`

/** What one row of a statement can say. */
type OneSelection = Exclude<SessionSelection, { kind: 'sessions' }>

/** An ending that somebody waits for. */
export interface Request {
  readonly selection: SessionSelection
  readonly ending: Ending
}

/**
 * What was asked for, one row each; of several that are about one session the first ends it. Sessions are locked in
 * one order, so that two statements do not wait for one another in a circle.
 */
const endStatement = `WITH asked AS (
  SELECT * FROM unnest(:nths::integer[], :ids::text[], :shards::smallint[], :users::text[], :excepts::text[],
    :devices::text[], :endedAts::bigint[], :reasons::text[], :actors::text[], :requests::text[])
    AS asked (nth, id, shard, user_id, except_id, device_id, ended_at, reason, actor, request)),
chosen AS (
  SELECT DISTINCT ON (shard, id) * FROM (
    SELECT session.id, session.shard, nth, ended_at, reason, actor, request
    FROM asked JOIN user_sessions AS session ON session.id = asked.id AND session.shard = asked.shard
      AND (asked.user_id IS NULL OR session.user_id = asked.user_id)
    WHERE asked.id IS NOT NULL AND session.invalidated_at IS NULL
    UNION ALL
    SELECT session.id, session.shard, nth, ended_at, reason, actor, request
    FROM asked JOIN user_sessions AS session ON session.user_id = asked.user_id AND session.shard = asked.shard
      AND session.is_active AND session.id IS DISTINCT FROM asked.except_id
      AND (asked.device_id IS NULL OR session.device_id = asked.device_id)
    WHERE asked.id IS NULL) AS found
  ORDER BY shard, id, nth),
locked AS MATERIALIZED (
  SELECT chosen.* FROM chosen JOIN user_sessions AS session
    ON session.id = chosen.id AND session.shard = chosen.shard AND session.invalidated_at IS NULL
  ORDER BY chosen.shard, chosen.id FOR NO KEY UPDATE OF session),
ended AS (
  UPDATE user_sessions AS session SET invalidated_at = locked.ended_at, end_reason = locked.reason,
    ended_by = locked.actor
  FROM locked WHERE session.id = locked.id AND session.shard = locked.shard AND session.invalidated_at IS NULL
  RETURNING session.id, session.user_id, session.shard, session.end_reason, session.invalidated_at, session.ended_by,
    locked.nth, locked.request, ${toldOfEnded('session')}),
counted AS (${addToCounters(change)}),
told AS (
  INSERT INTO session_events (type, at, session_id, user_id, shard, actor, request, reason, ${toldColumns})
  SELECT 'session.ended', invalidated_at, id, user_id, shard, ended_by, request, end_reason, ${toldColumns}
  FROM ended ORDER BY nth, id),
${announced}
SELECT ended.id, ended.user_id, ended.nth FROM announced LEFT JOIN ended ON true`

const end = `SET invalidated_at = :endedAt::bigint, end_reason = :endReason::text, ended_by = :endedBy::text`

const whatEnded = `${announced}
SELECT ended.id, ended.user_id, 0 AS nth FROM announced LEFT JOIN ended ON true`

/**
 * All of a user's, or those of one device of theirs, or those created until an instant. Locked in the order of
 * `endStatement`.
 */
const endOfUser = `WITH locked AS MATERIALIZED (
  SELECT id FROM user_sessions WHERE user_id = :userId::text AND shard = :shard::smallint AND is_active
    AND id IS DISTINCT FROM :except::text AND (:deviceId::text IS NULL OR device_id = :deviceId::text)
    AND (:createdUntil::bigint IS NULL OR created_at <= :createdUntil::bigint)
  ORDER BY id FOR NO KEY UPDATE),
ended AS (
  UPDATE user_sessions AS session ${end}
  FROM locked WHERE session.id = locked.id AND session.shard = :shard::smallint AND session.invalidated_at IS NULL
  RETURNING session.id, session.user_id, session.shard, session.end_reason, ${toldOfEnded('session')}),
${countAndTell},
${whatEnded}`

const endOne = `WITH ended AS (
  UPDATE user_sessions ${end}
  WHERE id = :id::text AND shard = :shard::smallint AND (:userId::text IS NULL OR user_id = :userId::text)
    AND invalidated_at IS NULL RETURNING id, user_id, shard, end_reason, ${toldOfEnded('user_sessions')}),
${countAndTellOne},
${whatEnded}`

interface EndedRow {
  readonly id: SessionId | null
  readonly user_id: string
  readonly nth: number
}

/** Ends what was asked for in one statement, and so in one commit; tells each what it ended. */
export async function endSelected(
  statements: Statements,
  requests: readonly Request[],
  announcements: readonly string[],
): Promise<readonly (readonly SessionRef[])[]> {
  const [first] = requests
  const rows =
    requests.length === 1 && first && first.selection.kind !== 'sessions'
      ? await endAlone(statements, { ...first, selection: first.selection }, announcements)
      : await statements.all<EndedRow>(endStatement, { ...requestValues(requests), announcements })
  const ended: SessionRef[][] = requests.map(() => [])
  for (const { id, user_id, nth } of rows) if (id !== null) ended[nth]?.push(toRef({ id, user_id }))
  return ended
}

/** The usual case, which needs no more than its own rows. */
function endAlone(
  statements: Statements,
  { selection, ending }: Request & { readonly selection: OneSelection },
  announcements: readonly string[],
): Promise<EndedRow[]> {
  return statements.all<EndedRow>(selection.kind === 'session' ? endOne : endOfUser, {
    ...selectionValues(selection),
    ...endingValues(ending),
    announcements,
  })
}

function endingValues({ at, reason, by, request }: Ending): Values {
  return {
    endedAt: at,
    endReason: reason,
    endedBy: toStoredText(by),
    request: orNull(request, toStoredText),
  }
}

/** Ends what a cut-off of a user or a device concerns. It is announced with the cut-off. */
export async function endCutOff(
  statements: Statements,
  { scope, notBefore }: CutOff & { readonly scope: Exclude<CutOffScope, { kind: 'everybody' }> },
  origin: ChangeOrigin,
): Promise<readonly SessionRef[]> {
  const rows = await statements.all<EndedRow>(endOfUser, {
    ...selectionValues(scope.kind === 'user' ? { ...scope, except: null } : scope),
    ...endingValues({ ...origin, reason: 'revoked' }),
    createdUntil: notBefore,
    announcements: [],
  })
  return rows.flatMap(({ id, user_id }) => (id === null ? [] : [toRef({ id, user_id })]))
}

function requestValues(requests: readonly Request[]): Values {
  const asked = requests.flatMap(({ selection, ending }, nth) =>
    eachOf(selection).map((one) => ({ nth, ending, values: selectionValues(one) })),
  )
  const column = (name: string): unknown[] => asked.map(({ values }) => values[name] ?? null)
  return {
    nths: asked.map(({ nth }) => nth),
    ids: column('id'),
    shards: column('shard'),
    users: column('userId'),
    excepts: column('except'),
    devices: column('deviceId'),
    endedAts: asked.map(({ ending }) => ending.at),
    reasons: asked.map(({ ending }) => ending.reason),
    actors: asked.map(({ ending }) => toStoredText(ending.by)),
    requests: asked.map(({ ending }) => orNull(ending.request, toStoredText)),
  }
}

function eachOf(selection: SessionSelection): readonly OneSelection[] {
  if (selection.kind !== 'sessions') return [selection]
  return selection.sessions.map((session) => ({ kind: 'session', ...session }))
}

function selectionValues(selection: OneSelection): Values {
  if (selection.kind === 'session') {
    const { id, userId } = selection
    return { id, shard: shardOfSession(id), userId: userId === null ? null : toStoredText(userId) }
  }
  const { userId } = selection
  const ofUser = { userId: toStoredText(userId), shard: shardOfUser(userId) }
  return selection.kind === 'user'
    ? { ...ofUser, except: selection.except }
    : { ...ofUser, deviceId: selection.deviceId }
}

function toRef(row: { readonly id: SessionId; readonly user_id: string }): SessionRef {
  return { id: row.id, userId: fromStoredText(row.user_id) }
}

/** A session that is used in this very moment is looked at again, once its use is on record, and stays. */
const endOverdueStatement = `WITH overdue AS (${overdueSessions}),
ended AS (
  UPDATE user_sessions SET invalidated_at = :endedAt::bigint, end_reason = overdue.reason, ended_by = :endedBy::text
  FROM overdue WHERE user_sessions.id = overdue.id AND user_sessions.shard = overdue.shard
    AND invalidated_at IS NULL AND NOT ${liveCondition}
  RETURNING user_sessions.id, user_id, user_sessions.shard, end_reason, ${toldOfEnded('user_sessions')}),
${countAndTell}
SELECT overdue.id, ended.user_id FROM overdue LEFT JOIN ended ON ended.id = overdue.id`

/** One at a time, over all processes: two would choose the same sessions and find fewer than there are. */
export function endOverdue(
  connection: Connection,
  { bounds, at, limit }: { readonly bounds: LivenessBounds; readonly at: Instant; readonly limit: number },
  announce: Announce,
): Promise<readonly SessionRef[]> {
  return connection.transaction(async (statements) => {
    await lockMaintenance(statements)
    const ended: SessionRef[] = []
    for (let isMore = true; isMore && ended.length < limit; ) {
      const rows = await statements.all<{ id: SessionId; user_id: string | null }>(endOverdueStatement, {
        ...boundsValues(bounds),
        endedAt: at,
        endedBy: systemActor,
        request: null,
        limit: limit - ended.length,
      })
      const refs = rows.flatMap(({ id, user_id }) => (user_id === null ? [] : [toRef({ id, user_id })]))
      ended.push(...refs)
      isMore = refs.length < rows.length
    }
    if (ended.length < limit) await noteNewestFacets(statements)
    const selections = ended.map((session) => ({ kind: 'session', ...session }) as const)
    if (ended.length > 0) await sendAnnouncements(statements, announce(selections))
    return ended
  })
}
