import type { Instant } from '../../foundation/time.ts'
import { type CutOff, type CutOffScope, cutOffSubject, forever } from '../../model/cut-off.ts'
import type { ChangeOrigin, SessionRef } from '../../model/session.ts'
import { cutOffEvent } from '../../model/session-event.ts'
import { shardOfUser } from '../../model/session-token.ts'
import type { CutOffStore } from '../../ports/cut-off-store.ts'
import { type Announce, type Announcer, sendAnnouncements } from './announcements.ts'
import { appendEvents } from './append-events.ts'
import { type Changes, telling } from './changes.ts'
import type { Connection, Statements } from './connection.ts'
import { type CutOffRow, cutOffColumns, toCutOff, toCutOffValues } from './cut-off-row.ts'
import { endCutOff } from './end-sessions.ts'
import { type Big, toInstant } from './row.ts'
import { toStoredText } from './stored-text.ts'

const addStatement = `INSERT INTO session_cut_offs (${cutOffColumns}) VALUES (:subject::text, :user_id::text,
    :shard::smallint, :device_id::text, :not_before::bigint, :set_at::bigint, :set_by::text, :note::text)
  ON CONFLICT (subject) DO NOTHING RETURNING 1`

const lockStatement = `SELECT ${cutOffColumns} FROM session_cut_offs WHERE subject = :subject::text FOR UPDATE`

const moveStatement = `UPDATE session_cut_offs SET not_before = :not_before::bigint, set_at = :set_at::bigint,
    set_by = :set_by::text, note = :note::text WHERE subject = :subject::text`

const liftStatement =
  'UPDATE session_cut_offs SET not_before = :notBefore::bigint WHERE subject = :subject::text'

export function postgresCutOffStore(
  connection: Connection,
  announcer: Announcer,
  changes: Changes,
): CutOffStore {
  return {
    set: (cutOff, origin) =>
      telling(changes, changes.announced, () =>
        announcer.change((announce) =>
          connection.transaction((statements) => setCutOff(statements, { cutOff, origin }, announce)),
        ),
      ),
    lift: (scope, origin) =>
      telling(changes, changes.changed, () =>
        connection.transaction((statements) => liftCutOff(statements, scope, origin)),
      ),
    async find(scope) {
      const sql = `SELECT ${cutOffColumns} FROM session_cut_offs WHERE subject = :subject::text`
      const [row] = await connection.all<CutOffRow>(sql, subjectOf(scope))
      return row ? toCutOff(row) : null
    },
    async list(limit) {
      const sql = `SELECT ${cutOffColumns} FROM session_cut_offs ORDER BY set_at DESC, subject LIMIT :limit::bigint`
      return (await connection.all<CutOffRow>(sql, { limit })).map(toCutOff)
    },
  }
}

interface Setting {
  readonly cutOff: CutOff
  readonly origin: ChangeOrigin
}

/** The cut-off first: a session that is created meanwhile and not found here is over from its first read on. */
async function setCutOff(
  statements: Statements,
  { cutOff, origin }: Setting,
  announce: Announce,
): Promise<readonly SessionRef[]> {
  const { scope } = cutOff
  const put = await putCutOff(statements, cutOff)
  let ended: readonly SessionRef[] = []
  if (put) {
    await appendEvents(statements, [cutOffEvent('cut-off.set', cutOff, put.before, origin)])
    if (scope.kind !== 'everybody') ended = await endCutOff(statements, { ...cutOff, scope }, origin)
  }
  const told = scope.kind === 'everybody' ? scope : { ...scope, except: null }
  await sendAnnouncements(statements, announce([told]))
  return ended
}

/** Null, and nothing is changed, where one is there that is as late; otherwise what was there before. */
async function putCutOff(
  statements: Statements,
  cutOff: CutOff,
): Promise<{ readonly before: Instant | null } | null> {
  const values = toCutOffValues(cutOff)
  for (;;) {
    if ((await statements.all(addStatement, values)).length > 0) return { before: null }
    const [known] = await statements.all<{ not_before: Big }>(lockStatement, subjectOf(cutOff.scope))
    // None: it was erased with its user in this moment.
    if (!known) continue
    const before = toInstant(known.not_before)
    if (before >= cutOff.notBefore) return null
    await statements.all(moveStatement, values)
    return { before }
  }
}

async function liftCutOff(
  statements: Statements,
  scope: CutOffScope,
  origin: ChangeOrigin,
): Promise<boolean> {
  const [row] = await statements.all<CutOffRow>(lockStatement, subjectOf(scope))
  if (!row || toInstant(row.not_before) !== forever) return false
  await statements.all(liftStatement, { ...subjectOf(scope), notBefore: origin.at })
  const lifted = { ...toCutOff(row), notBefore: origin.at }
  await appendEvents(statements, [cutOffEvent('cut-off.lifted', lifted, forever, origin)])
  return true
}

function subjectOf(scope: CutOffScope): { readonly subject: string } {
  return { subject: toStoredText(cutOffSubject(scope)) }
}

/** Those of a user, for whoever forgets them. */
export async function forgetCutOffs(statements: Statements, userId: string): Promise<void> {
  const ofUser = { userId: toStoredText(userId), shard: shardOfUser(userId) }
  await statements.all(
    'DELETE FROM session_cut_offs WHERE user_id = :userId::text AND shard = :shard::smallint',
    ofUser,
  )
}
