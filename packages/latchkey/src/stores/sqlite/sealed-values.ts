import { type DeviceId, shardOfDevice } from '../../model/device.ts'
import { type SessionId, shardOfSession } from '../../model/session-token.ts'
import type { SealedTable } from '../../ports/data-key-store.ts'
import type { SealedValues, StoredValues } from '../../ports/sealed-values.ts'
import type { Connection, Values } from './connection.ts'
import type { DeviceRow } from './device-row.ts'
import type { GroupCommit } from './group-commit.ts'
import type { SessionRow } from './row.ts'

export function sqliteSealedValues(connection: Connection, group: GroupCommit): SealedValues {
  return {
    async notSealedBy(table, prefix, afterId, limit) {
      const values = { prefix, afterId: afterId ?? '', limit }
      return table === 'user_sessions'
        ? connection.all<SessionRow>(otherSessions, values).map(valuesOfSession)
        : connection.all<DeviceRow>(otherDevices, values).map(valuesOfDevice)
    },

    async replace(table, read, next) {
      await group.write(() => {
        for (const [index, was] of read.entries()) {
          const becomes = next[index]
          if (becomes) replaceRow(connection, table, was, becomes)
        }
      })
    },
  }
}

/** In the order of the primary key, so that a page costs what is between its first row and its last. */
const otherSessions = `SELECT id, ip_address, user_agent, address_key, range_key FROM user_sessions
  WHERE id > :afterId AND (substr(ip_address, 1, length(:prefix)) <> :prefix
    OR substr(user_agent, 1, length(:prefix)) <> :prefix) ORDER BY id LIMIT :limit`

const otherDevices = `SELECT id, fingerprints FROM user_devices
  WHERE id > :afterId AND substr(fingerprints, 1, length(:prefix)) <> :prefix ORDER BY id LIMIT :limit`

function valuesOfSession(row: SessionRow): StoredValues {
  const values = { ipAddress: row.ip_address, userAgent: row.user_agent }
  return { id: row.id, values, addressKey: row.address_key, rangeKey: row.range_key }
}

function valuesOfDevice(row: DeviceRow): StoredValues {
  return { id: row.id, values: { fingerprints: row.fingerprints }, addressKey: null, rangeKey: null }
}

/** Each value by itself: what has become another one since it was read stays. */
const replaceInSession = `UPDATE user_sessions SET
    ip_address = iif(ip_address IS :wasAddress, :nextAddress, ip_address),
    user_agent = iif(user_agent IS :wasAgent, :nextAgent, user_agent),
    address_key = iif(address_key IS :wasKey, :nextKey, address_key),
    range_key = iif(range_key IS :wasRange, :nextRange, range_key)
  WHERE id = :id AND shard = :shard`

const replaceInDevice = `UPDATE user_devices SET fingerprints = :next
  WHERE id = :id AND shard = :shard AND fingerprints IS :was`

function replaceRow(
  connection: Connection,
  table: SealedTable,
  was: StoredValues,
  becomes: StoredValues,
): void {
  if (table === 'user_sessions') connection.run(replaceInSession, sessionChange(was, becomes))
  else connection.run(replaceInDevice, deviceChange(was, becomes))
}

function sessionChange(was: StoredValues, becomes: StoredValues): Values {
  return {
    id: was.id,
    shard: shardOfSession(was.id as SessionId),
    wasAddress: was.values.ipAddress ?? null,
    nextAddress: becomes.values.ipAddress ?? null,
    wasAgent: was.values.userAgent ?? null,
    nextAgent: becomes.values.userAgent ?? null,
    wasKey: was.addressKey,
    nextKey: becomes.addressKey,
    wasRange: was.rangeKey,
    nextRange: becomes.rangeKey,
  }
}

function deviceChange(was: StoredValues, becomes: StoredValues): Values {
  return {
    id: was.id,
    shard: shardOfDevice(was.id as DeviceId),
    was: was.values.fingerprints ?? null,
    next: becomes.values.fingerprints ?? null,
  }
}
