import type { DeviceId } from '../../model/device.ts'
import { addDevices, deviceValues } from './add-devices.ts'
import type { Statements } from './connection.ts'
import type { Insert } from './insert-values.ts'

/**
 * Sees devices again, and adds those that were forgotten since somebody found them. They are locked in one order, so
 * that two statements do not wait for one another in a circle, and until the transaction ends: whoever else signs in
 * on one of them comes before this statement or waits for what follows it. Who comes first on a device that is gone
 * adds it, and is the only one whom `sign_ins` tells so.
 */
const seeStatement = `WITH seen AS (
  ${addDevices} ORDER BY shard, id
  ON CONFLICT (id, shard) DO UPDATE SET device_info = excluded.device_info,
    last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at), sign_ins = known.sign_ins + 1
  RETURNING id, sign_ins)
SELECT id FROM seen WHERE sign_ins = 1`

/** The inserts, with what there was of the devices that were known. No two of them may be on one device. */
export async function seeDevices(
  statements: Statements,
  batch: readonly Insert[],
): Promise<readonly Insert[]> {
  const known = batch.flatMap(({ plan: { device } }) =>
    device?.knowledge === 'known' ? [device.record] : [],
  )
  if (known.length === 0) return batch
  const rows = await statements.all<{ id: DeviceId }>(seeStatement, deviceValues(known))
  const added = new Set(rows.map(({ id }) => id))
  return batch.map((insert) => {
    const { device } = insert.plan
    return device?.knowledge === 'known' ? { ...insert, addsDevice: added.has(device.record.id) } : insert
  })
}
