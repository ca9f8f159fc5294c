import type { SessionRecord } from '../../model/session.ts'
import type { DevicePlan, InsertPlan } from '../../ports/session-store.ts'
import { deviceValues } from './add-devices.ts'
import { plainColumns } from './insert-statement.ts'
import { columnTypes, type SessionRow, toValues } from './row.ts'
import type { Values } from './statement.ts'
import { toStoredText } from './stored-text.ts'

/** A session on its way in. */
export interface Insert {
  readonly record: SessionRecord
  readonly plan: InsertPlan
  /** Whether the device of the plan is not there before; of a known one that is found out on the way. */
  readonly addsDevice: boolean
  /**
   * Whether what is live on the device ends, which is then announced whether or not there is anything: somebody else's
   * ending of it, or the forgetting of the device, may be on its way to the others.
   */
  readonly endsEarlier: boolean
}

export function newInsert(record: SessionRecord, plan: InsertPlan): Insert {
  const { device } = plan
  return {
    record,
    plan,
    addsDevice: isNewDevice(device),
    endsEarlier: device?.knowledge === 'known' && device.sessions === 'end-earlier',
  }
}

/** Whether nobody can have seen it. */
export function isNewDevice(device: DevicePlan | null): boolean {
  return device?.knowledge === 'new'
}

/** What the statement adds of devices. Those that are known were seen before it. */
function newDevices(batch: readonly Insert[]): Values {
  return deviceValues(
    batch.flatMap(({ plan: { device } }) => (device?.knowledge === 'new' ? [device.record] : [])),
  )
}

const addedColumns = ['added_at', 'added_type', 'added_browser', 'added_os']

const everyColumn = [...Object.keys(columnTypes), 'actor', 'replaces', 'ends_earlier', ...addedColumns]

/** One array for each column. */
export function columnsOf(batch: readonly Insert[]): Values {
  const rows = batch.map((insert) => ({
    ...toValues(insert.record),
    ...addedDevice(insert),
    actor: toStoredText(insert.plan.actor),
    replaces: insert.plan.replaces,
    ends_earlier: insert.endsEarlier,
  }))
  return { ...inColumns(everyColumn, rows), ...newDevices(batch) }
}

/** What `device.added` says; nothing where it is not written. */
function addedDevice({ plan: { device }, addsDevice }: Insert): Values {
  if (device === null || !addsDevice) return {}
  const { deviceInfo, firstSeenAt } = device.record
  return {
    added_at: firstSeenAt,
    added_type: deviceInfo.type,
    added_browser: toStoredText(deviceInfo.browser),
    added_os: toStoredText(deviceInfo.os),
  }
}

function inColumns(names: readonly string[], rows: readonly Values[]): Values {
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? null)]))
}

/** What the usual case needs. */
export function plainValues(batch: readonly Insert[]): Values {
  const rows = batch.map(({ record }) => toValues(record))
  const columns = plainColumns.map((name) => {
    const column = rows.map((row) => row[name])
    return [name, bareColumns.has(name) ? bareArray(column) : column]
  })
  return {
    ...Object.fromEntries(columns),
    secret_hash: bareArray(batch.map(({ record }) => bareBytes(record.secretHash))),
    actor: batch.map(({ plan }) => toStoredText(plan.actor)),
    device_type: batch.map(({ record }) => record.deviceInfo.type),
    browser: batch.map(({ record }) => toStoredText(record.deviceInfo.browser)),
    os: batch.map(({ record }) => toStoredText(record.deviceInfo.os)),
    countedIn: batch[0]?.record.shard,
    count: batch.length,
  }
}

/** What they need besides whose devices are added. */
export function plainValuesWithDevices(batch: readonly Insert[]): Values {
  return { ...plainValues(batch), ...inColumns(addedColumns, batch.map(addedDevice)), ...newDevices(batch) }
}

/** Numbers, and texts of letters and digits. */
const bareColumns: ReadonlySet<keyof SessionRow> = new Set([
  'id',
  'created_at',
  'last_accessed',
  'expires_at',
  'shard',
  'version',
  'lifetime',
  'authenticated_at',
  'device_id',
] as const)

/** An array as PostgreSQL reads it, of values that need no quotes. A driver looks at each for what to escape, and quotes it. */
function bareArray(values: readonly unknown[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`
}

function bareBytes(bytes: Uint8Array): string {
  return `\\\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`
}
