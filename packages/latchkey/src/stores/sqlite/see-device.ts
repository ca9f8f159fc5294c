import { deviceAddedEvent } from '../../model/session-event.ts'
import type { DevicePlan, InsertPlan } from '../../ports/session-store.ts'
import type { Connection } from './connection.ts'
import { deviceColumns, toDeviceValues } from './device-row.ts'
import { appendEvents } from './event-log.ts'

const seeAgain = `UPDATE user_devices SET device_info = :device_info, last_seen_at = max(last_seen_at, :last_seen_at)
  WHERE id = :id AND shard = :shard AND user_id = :user_id`

const addRow = `INSERT INTO user_devices (${deviceColumns})
  VALUES (${deviceColumns.replaceAll(/\w+/g, ':$&')})`

/** Inside a change. */
export function seeDevice(
  connection: Connection,
  { record, knowledge }: DevicePlan,
  { actor, request }: InsertPlan,
): void {
  const values = toDeviceValues(record)
  if (knowledge === 'known' && connection.run(seeAgain, values) > 0) return
  connection.run(addRow, values)
  appendEvents(connection, [deviceAddedEvent(record, actor, request)])
}
