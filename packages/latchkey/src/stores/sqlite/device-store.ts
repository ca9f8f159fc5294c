import type { Instant } from '../../foundation/time.ts'
import { type DeviceId, type DeviceRecord, shardOfDevice } from '../../model/device.ts'
import { type ChangeOrigin, systemActor } from '../../model/session.ts'
import { deviceEvent } from '../../model/session-event.ts'
import { shardOfUser } from '../../model/session-token.ts'
import type { DeviceChange, DeviceStore } from '../../ports/device-store.ts'
import type { Connection } from './connection.ts'
import { type DeviceRow, deviceColumns, toDeviceRecord, toDeviceValues } from './device-row.ts'
import { appendEvents } from './event-log.ts'
import type { GroupCommit } from './group-commit.ts'

const findById = `SELECT ${deviceColumns} FROM user_devices WHERE id = :id AND shard = :shard`

/** A user has few devices: sorting them costs less than an index that each sign-in would have to move an entry in. */
const listOfUser = `SELECT ${deviceColumns} FROM user_devices INDEXED BY user_devices_by_user
  WHERE user_id = :userId AND shard = :shard ORDER BY last_seen_at DESC, id DESC LIMIT :limit`

export function sqliteDeviceStore(connection: Connection, group: GroupCommit): DeviceStore {
  return {
    async find(id) {
      const row = connection.get<DeviceRow>(findById, { id, shard: shardOfDevice(id) })
      return row ? toDeviceRecord(row) : null
    },
    async list(userId, limit) {
      const values = { userId, shard: shardOfUser(userId), limit }
      return connection.all<DeviceRow>(listOfUser, values).map(toDeviceRecord)
    },
    replace: (next, change) => group.write(() => replaceDevice(connection, next, change)),
    forget: (id, origin) => group.write(() => forgetDevice(connection, id, origin)),
    forgetUnused: (lastSeenBefore, at, limit) =>
      group.write(() => forgetUnused(connection, lastSeenBefore, at, limit)),
    forgetFingerprints: (seenBefore, limit) =>
      group.write(() => connection.run(forgetOldFingerprints, { seenBefore, limit })),
  }
}

/** `user_id` and `shard` never change; what sign-ins say is left alone. */
function replaceDevice(connection: Connection, next: DeviceRecord, change: DeviceChange): boolean {
  const replaced = connection.get<{ user_id: string }>(
    `UPDATE user_devices SET version = :version, name = :name, trusted_until = :trusted_until,
       fingerprints = :fingerprints, fingerprinted_at = :fingerprinted_at, resembles = :resembles
     WHERE id = :id AND shard = :shard AND version = :version - 1 RETURNING user_id`,
    { ...toDeviceValues(next), shard: shardOfDevice(next.id) },
  )
  if (!replaced) return false
  const device = { id: next.id, userId: replaced.user_id }
  appendEvents(connection, [deviceEvent('device.changed', device, change, change)])
  return true
}

function forgetDevice(connection: Connection, id: DeviceId, origin: ChangeOrigin): boolean {
  const forgotten = connection.get<{ user_id: string }>(
    'DELETE FROM user_devices WHERE id = :id AND shard = :shard RETURNING user_id',
    { id, shard: shardOfDevice(id) },
  )
  if (!forgotten) return false
  const device = { id, userId: forgotten.user_id }
  appendEvents(connection, [deviceEvent('device.forgotten', device, origin)])
  return true
}

const hasOpenSession = `EXISTS (SELECT 1 FROM user_sessions INDEXED BY user_sessions_by_user
  WHERE user_sessions.user_id = user_devices.user_id AND user_sessions.shard = user_devices.shard
    AND is_active = 1 AND device_id = user_devices.id)`

const forgetLongUnused = `DELETE FROM user_devices WHERE rowid IN (
    SELECT rowid FROM user_devices INDEXED BY user_devices_by_use
    WHERE last_seen_at < :lastSeenBefore AND NOT ${hasOpenSession} ORDER BY last_seen_at LIMIT :limit)
  RETURNING id, user_id`

function forgetUnused(connection: Connection, lastSeenBefore: Instant, at: Instant, limit: number): number {
  const forgotten = connection.all<{ id: DeviceId; user_id: string }>(forgetLongUnused, {
    lastSeenBefore,
    limit,
  })
  const devices = forgotten.map((row) => ({ id: row.id, userId: row.user_id }))
  const origin = { at, by: systemActor, request: null }
  appendEvents(
    connection,
    devices.map((device) => deviceEvent('device.forgotten', device, origin)),
  )
  return devices.length
}

const forgetOldFingerprints = `UPDATE user_devices SET fingerprints = NULL, fingerprinted_at = NULL
  WHERE rowid IN (SELECT rowid FROM user_devices INDEXED BY user_devices_fingerprinted
    WHERE fingerprinted_at IS NOT NULL AND fingerprinted_at < :seenBefore ORDER BY fingerprinted_at LIMIT :limit)`
