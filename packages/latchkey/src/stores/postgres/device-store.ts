import type { Instant } from '../../foundation/time.ts'
import { type DeviceId, type DeviceRecord, shardOfDevice } from '../../model/device.ts'
import { type ChangeOrigin, systemActor } from '../../model/session.ts'
import { shardOfUser } from '../../model/session-token.ts'
import type { DeviceChange, DeviceStore } from '../../ports/device-store.ts'
import { lockMaintenance } from './advisory-locks.ts'
import { type Changes, telling } from './changes.ts'
import type { Connection } from './connection.ts'
import { type DeviceRow, deviceColumns, toDeviceRecord, toDeviceValues } from './device-row.ts'
import { fromFacts } from './event-row.ts'
import { orNull } from './json-columns.ts'
import type { Values } from './statement.ts'
import { toStoredText } from './stored-text.ts'

const isDevice = 'id = :id::text AND shard = :shard::smallint'

const findById = `SELECT ${deviceColumns} FROM user_devices WHERE ${isDevice}`

const listOfUser = `SELECT ${deviceColumns} FROM user_devices
  WHERE user_id = :userId::text AND shard = :shard::smallint
  ORDER BY last_seen_at DESC, id DESC LIMIT :limit::bigint`

/** Tells of what `changed` brings: `id, user_id, shard`. */
function tell(type: 'device.changed' | 'device.forgotten'): string {
  return `told AS (
  INSERT INTO session_events (type, at, device_id, user_id, shard, actor, request, before, after)
  SELECT '${type}', :at::bigint, id, user_id, shard, :actor::text, :request::text, :before::jsonb, :after::jsonb
  FROM changed ORDER BY id)`
}

function toldValues({ at, by, request }: ChangeOrigin): Values {
  return { at, actor: toStoredText(by), request: orNull(request, toStoredText) }
}

/** `user_id` and `shard` never change; what sign-ins say is left alone. */
const replaceStatement = `WITH changed AS (
  UPDATE user_devices SET version = :version::integer, name = :name::text,
    trusted_until = :trusted_until::bigint, fingerprints = :fingerprints::text,
    fingerprinted_at = :fingerprinted_at::bigint, resembles = :resembles::jsonb
  WHERE ${isDevice} AND version = :version::integer - 1 RETURNING id, user_id, shard),
${tell('device.changed')}
SELECT id FROM changed`

const forgetStatement = `WITH changed AS (
  DELETE FROM user_devices WHERE ${isDevice} RETURNING id, user_id, shard),
${tell('device.forgotten')}
SELECT id FROM changed`

export function postgresDeviceStore(connection: Connection, changes: Changes): DeviceStore {
  const changing = <Result>(change: () => Promise<Result>): Promise<Result> =>
    telling(changes, changes.changed, change)
  return {
    async find(id) {
      const [row] = await connection.all<DeviceRow>(findById, { id, shard: shardOfDevice(id) })
      return row ? toDeviceRecord(row) : null
    },
    async list(userId, limit) {
      const ofUser = { userId: toStoredText(userId), shard: shardOfUser(userId) }
      return (await connection.all<DeviceRow>(listOfUser, { ...ofUser, limit })).map(toDeviceRecord)
    },
    replace: (next, change) => changing(() => replaceDevice(connection, next, change)),
    forget: (id, origin) => changing(() => forgetDevice(connection, id, origin)),
    forgetUnused: (lastSeenBefore, at, limit) =>
      changing(() => forgetUnused(connection, lastSeenBefore, at, limit)),
    forgetFingerprints: (seenBefore, limit) => forgetFingerprints(connection, seenBefore, limit),
  }
}

async function replaceDevice(
  connection: Connection,
  next: DeviceRecord,
  change: DeviceChange,
): Promise<boolean> {
  const told = { ...toldValues(change), before: fromFacts(change.before), after: fromFacts(change.after) }
  const values = { ...toDeviceValues(next), shard: shardOfDevice(next.id), ...told }
  return (await connection.all(replaceStatement, values)).length > 0
}

async function forgetDevice(connection: Connection, id: DeviceId, origin: ChangeOrigin): Promise<boolean> {
  const values = { id, shard: shardOfDevice(id), ...toldValues(origin) }
  return (await connection.all(forgetStatement, values)).length > 0
}

/**
 * The day narrows the search down to the index; of the devices of its last day each is looked at. `OFFSET 0` keeps the
 * sessions out of a join, which would read all of them: the cost is that of the devices that are looked at.
 */
const isUnused = `device.seen_day <= :lastSeenBefore::bigint / 86400000
    AND device.last_seen_at < :lastSeenBefore::bigint
    AND NOT EXISTS (SELECT 1 FROM user_sessions AS session
      WHERE session.user_id = device.user_id AND session.shard = device.shard AND session.is_active
        AND session.device_id = device.id OFFSET 0)`

/** In the order in which sign-ins lock them. */
const lockUnused = `WITH chosen AS (
  SELECT id, shard FROM user_devices AS device WHERE ${isUnused} ORDER BY seen_day LIMIT :limit::bigint)
SELECT device.id, device.shard FROM user_devices AS device
  JOIN chosen ON chosen.id = device.id AND chosen.shard = device.shard
ORDER BY device.shard, device.id FOR UPDATE OF device`

const forgetLocked = `WITH changed AS (
  DELETE FROM user_devices AS device USING unnest(:ids::text[], :shards::smallint[]) AS locked (id, shard)
  WHERE device.id = locked.id AND device.shard = locked.shard AND ${isUnused}
  RETURNING device.id, device.user_id, device.shard),
${tell('device.forgotten')}
SELECT id FROM changed`

/**
 * Somebody may sign in on a device that was chosen before it is locked: once it is, it is looked at again, in a
 * statement that sees their session. One at a time, as with `endOverdue`.
 */
function forgetUnused(
  connection: Connection,
  lastSeenBefore: Instant,
  at: Instant,
  limit: number,
): Promise<number> {
  return connection.transaction(async (statements) => {
    await lockMaintenance(statements)
    let forgotten = 0
    for (let isMore = true; isMore && forgotten < limit; ) {
      const locked = await statements.all<Pick<DeviceRow, 'id' | 'shard'>>(lockUnused, {
        lastSeenBefore,
        limit: limit - forgotten,
      })
      const ids = locked.map(({ id }) => id)
      const shards = locked.map(({ shard }) => shard)
      const told = toldValues({ at, by: systemActor, request: null })
      const gone = await statements.all(forgetLocked, { ids, shards, lastSeenBefore, ...told })
      forgotten += gone.length
      isMore = gone.length < locked.length
    }
    return forgotten
  })
}

const forgetFingerprintsStatement = `WITH chosen AS (
  SELECT id, shard FROM user_devices WHERE fingerprinted_at < :seenBefore::bigint
  ORDER BY fingerprinted_at LIMIT :limit::bigint),
locked AS MATERIALIZED (
  SELECT device.id, device.shard FROM user_devices AS device
    JOIN chosen ON chosen.id = device.id AND chosen.shard = device.shard
  WHERE device.fingerprinted_at < :seenBefore::bigint
  ORDER BY device.shard, device.id FOR NO KEY UPDATE OF device)
UPDATE user_devices AS device SET fingerprints = NULL, fingerprinted_at = NULL FROM locked
WHERE device.id = locked.id AND device.shard = locked.shard RETURNING 1`

async function forgetFingerprints(
  connection: Connection,
  seenBefore: Instant,
  limit: number,
): Promise<number> {
  return (await connection.all(forgetFingerprintsStatement, { seenBefore, limit })).length
}
