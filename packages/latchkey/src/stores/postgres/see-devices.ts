import type { DeviceId } from '../../model/device.ts'
import type { Statements } from './connection.ts'
import { type DeviceRow, deviceColumns, deviceColumnTypes, toDeviceValues } from './device-row.ts'
import type { Insert } from './insert-values.ts'
import { toStoredText } from './stored-text.ts'

const columns = Object.keys(deviceColumnTypes) as (keyof DeviceRow)[]

const isJson = (name: keyof DeviceRow): boolean => deviceColumnTypes[name] === 'jsonb'

const arrays = columns.map((name) => `:${name}::${isJson(name) ? 'text' : deviceColumnTypes[name]}[]`)

/**
 * Adds devices, and sees those again that are there. They are locked in one order, so that two statements do not wait
 * for one another in a circle, and until the transaction ends: whoever else signs in on one of them comes before this
 * statement or waits for what follows it. Who comes first on a device adds it, and is the only one whom `sign_ins`
 * tells so.
 */
const seeStatement = `WITH seen AS (
  INSERT INTO user_devices AS known (${deviceColumns})
  SELECT ${columns.map((name) => (isJson(name) ? `${name}::jsonb` : name)).join(', ')}
  FROM unnest(${arrays.join(', ')}) AS input (${deviceColumns}) ORDER BY shard, id
  ON CONFLICT (id, shard) DO UPDATE SET device_info = excluded.device_info,
    last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at), sign_ins = known.sign_ins + 1
  RETURNING id, sign_ins)
SELECT id FROM seen WHERE sign_ins = 1`

/**
 * Of devices that were added, those that are not new to sessions: they were forgotten while somebody signed in. A
 * statement of its own, which sees what was committed before the devices were locked.
 */
const usedStatement = `SELECT DISTINCT added.id
FROM unnest(:ids::text[], :shards::smallint[], :users::text[]) AS added (id, shard, user_id)
  JOIN user_sessions AS session ON session.user_id = added.user_id AND session.shard = added.shard
    AND session.is_active AND session.device_id = added.id`

/** The inserts, with what there was of their devices. No two of them may be on one device. */
export async function seeDevices(
  statements: Statements,
  batch: readonly Insert[],
): Promise<readonly Insert[]> {
  const devices = batch.flatMap(({ plan }) => (plan.device === null ? [] : [plan.device.record]))
  const values = devices.map(toDeviceValues)
  const rows = await statements.all<{ id: DeviceId }>(
    seeStatement,
    Object.fromEntries(columns.map((name) => [name, values.map((row) => row[name])])),
  )
  const added = new Set(rows.map(({ id }) => id))
  const adds = ({ plan: { device } }: Insert): boolean => device !== null && added.has(device.record.id)
  const used = await usedDevices(
    statements,
    batch.filter((insert) => endsSessions(insert) && adds(insert)),
  )
  return batch.map((insert) => {
    const isUsed = !adds(insert) || used.has(insert.record.deviceId)
    return { ...insert, addsDevice: adds(insert), endsEarlier: isUsed && endsSessions(insert) }
  })
}

/** Whether the earlier sessions of its device are to end, if there are any. */
export function endsSessions({ plan }: Insert): boolean {
  return plan.device?.sessions === 'end-earlier'
}

async function usedDevices(
  statements: Statements,
  batch: readonly Insert[],
): Promise<ReadonlySet<DeviceId | null>> {
  if (batch.length === 0) return new Set()
  const rows = await statements.all<{ id: DeviceId }>(usedStatement, {
    ids: batch.map(({ record }) => record.deviceId),
    shards: batch.map(({ record }) => record.shard),
    users: batch.map(({ record }) => toStoredText(record.userId)),
  })
  return new Set(rows.map(({ id }) => id))
}
