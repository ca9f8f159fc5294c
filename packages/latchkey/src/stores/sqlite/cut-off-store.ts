import type { Instant } from '../../foundation/time.ts'
import { type CutOff, type CutOffScope, cutOffSubject, forever } from '../../model/cut-off.ts'
import type { DeviceId } from '../../model/device.ts'
import type { Actor, ChangeOrigin, Ending, SessionRecord, SessionRef } from '../../model/session.ts'
import { cutOffEvent } from '../../model/session-event.ts'
import { shardOfUser } from '../../model/session-token.ts'
import type { CutOffStore } from '../../ports/cut-off-store.ts'
import type { Connection } from './connection.ts'
import { endWhere, onDevice } from './end-sessions.ts'
import { appendEvents } from './event-log.ts'
import type { GroupCommit } from './group-commit.ts'

interface CutOffRow {
  readonly scope: CutOffScope['kind']
  readonly user_id: string | null
  readonly device_id: DeviceId | null
  readonly not_before: Instant
  readonly set_at: Instant
  readonly set_by: Actor
  readonly note: string | null
}

const columns = 'scope, user_id, device_id, not_before, set_at, set_by, note'

export function sqliteCutOffStore(connection: Connection, group: GroupCommit): CutOffStore {
  return {
    set: (cutOff, origin) => group.write(() => setCutOff(connection, cutOff, origin)),
    lift: (scope, origin) => group.write(() => liftCutOff(connection, scope, origin)),
    find: async (scope) => findCutOff(connection, scope),
    async list(limit) {
      const sql = `SELECT ${columns} FROM session_cut_offs INDEXED BY session_cut_offs_newest
        ORDER BY set_at DESC, subject LIMIT :limit`
      return connection.all<CutOffRow>(sql, { limit }).map(toCutOff)
    },
  }
}

/** As a rule there is none, which is known for a tenth of what it costs to look for three. */
const anyCutOff = `SELECT 1 FROM session_cut_offs WHERE subject > '' LIMIT 1`

/** The latest of those that would concern the session, by itself: for one that is not on record yet. */
export function cutOffOf(
  connection: Connection,
  { userId, deviceId }: Pick<SessionRecord, 'userId' | 'deviceId'>,
): Instant | null {
  if (connection.get(anyCutOff) === undefined) return null
  const latest = connection.get<{ not_before: Instant | null }>(
    `SELECT max(not_before) AS not_before FROM session_cut_offs WHERE subject IN ('*', :ofUser, :ofDevice)`,
    {
      ofUser: cutOffSubject({ kind: 'user', userId }),
      ofDevice: deviceId && cutOffSubject({ kind: 'device', userId, deviceId }),
    },
  )
  return latest?.not_before ?? null
}

function findCutOff(connection: Connection, scope: CutOffScope): CutOff | null {
  const row = connection.get<CutOffRow>(`SELECT ${columns} FROM session_cut_offs WHERE subject = :subject`, {
    subject: cutOffSubject(scope),
  })
  return row ? toCutOff(row) : null
}

function setCutOff(connection: Connection, cutOff: CutOff, origin: ChangeOrigin): readonly SessionRef[] {
  const { scope, notBefore } = cutOff
  const before = findCutOff(connection, scope)
  if (before && before.notBefore >= notBefore) return []
  put(connection, cutOff)
  appendEvents(connection, [cutOffEvent('cut-off.set', cutOff, before?.notBefore ?? null, origin)])
  const ending: Ending = { ...origin, reason: 'revoked' }
  if (scope.kind === 'everybody') return []
  const values = { userId: scope.userId, shard: shardOfUser(scope.userId), notBefore }
  if (scope.kind === 'user') {
    const own = 'user_id = :userId AND shard = :shard AND +created_at <= :notBefore'
    return endWhere(connection, own, values, ending)
  }
  const { deviceId } = scope
  return endWhere(connection, `${onDevice} AND +created_at <= :notBefore`, { ...values, deviceId }, ending)
}

function liftCutOff(connection: Connection, scope: CutOffScope, origin: ChangeOrigin): boolean {
  const present = findCutOff(connection, scope)
  if (present?.notBefore !== forever) return false
  const lifted: CutOff = { ...present, notBefore: origin.at }
  put(connection, lifted)
  appendEvents(connection, [cutOffEvent('cut-off.lifted', lifted, present.notBefore, origin)])
  return true
}

function put(connection: Connection, { scope, notBefore, setAt, by, note }: CutOff): void {
  connection.run(
    `INSERT INTO session_cut_offs (subject, ${columns})
     VALUES (:subject, :scope, :userId, :deviceId, :notBefore, :setAt, :by, :note)
     ON CONFLICT (subject) DO UPDATE SET not_before = excluded.not_before, set_at = excluded.set_at,
       set_by = excluded.set_by, note = excluded.note`,
    {
      subject: cutOffSubject(scope),
      scope: scope.kind,
      userId: scope.kind === 'everybody' ? null : scope.userId,
      deviceId: scope.kind === 'device' ? scope.deviceId : null,
      notBefore,
      setAt,
      by,
      note,
    },
  )
}

function toCutOff(row: CutOffRow): CutOff {
  return {
    scope: toScope(row),
    notBefore: row.not_before,
    setAt: row.set_at,
    by: row.set_by,
    note: row.note,
  }
}

function toScope({ scope, user_id: userId, device_id: deviceId }: CutOffRow): CutOffScope {
  if (scope === 'user' && userId !== null) return { kind: 'user', userId }
  if (scope === 'device' && userId !== null && deviceId !== null) return { kind: 'device', userId, deviceId }
  return { kind: 'everybody' }
}
