import type { SessionRecord } from '../../model/session.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { DevicePlan, InsertPlan } from '../../ports/session-store.ts'
import { deviceValues } from './add-devices.ts'
import { fromEventFacts } from './event-facts.ts'
import { plainColumns } from './insert-statement.ts'
import { orNull } from './json-columns.ts'
import { columnTypes, type SessionRow, toValues } from './row.ts'
import { fromTerms } from './session-terms.ts'
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
  /** What ends because of the limit, of what is live and does not give way anyhow. */
  readonly overLimit: readonly SessionId[]
}

/**
 * Whether the statement that adds them looks for cut-offs. `seen`: an earlier one of the transaction has looked, and what
 * is set since is found by whoever reads the session.
 */
export type CutOffs = 'heeded' | 'seen'

export function newInsert(record: SessionRecord, plan: InsertPlan): Insert {
  const { device } = plan
  return {
    record,
    plan,
    addsDevice: isNewDevice(device),
    endsEarlier: device?.knowledge === 'known' && device.sessions === 'end-earlier',
    overLimit: [],
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

const everyColumn = [
  ...Object.keys(columnTypes),
  'actor',
  'request',
  'replaces',
  'ends_earlier',
  'facts',
  ...addedColumns,
]

/** One array for each column. */
export function columnsOf(batch: readonly Insert[], cutOffs: CutOffs = 'heeded'): Values {
  const rows = batch.map((insert) => ({
    ...toValues(insert.record),
    ...addedDevice(insert),
    actor: toStoredText(insert.plan.actor),
    request: orNull(insert.plan.request, toStoredText),
    replaces: insert.plan.replaces,
    ends_earlier: insert.endsEarlier,
    facts: factsOf(insert),
  }))
  return {
    ...inColumns(everyColumn, rows),
    ...newDevices(batch),
    over_limit: batch.flatMap(({ overLimit }) => overLimit),
    completes: batch[0]?.plan.completes?.id ?? null,
    heededFrom: heededFrom(batch, cutOffs),
  }
}

/** What is said of the sign-in besides what its row says. */
function factsOf({ plan: { sighting } }: Insert): string | null {
  return sighting && fromEventFacts({ sighting, before: null, ended: null })
}

/** As `createdEvent` has it, of a session that completes none. */
function afterOf({ record: { stage } }: Insert): string | null {
  return stage === 'pending' ? JSON.stringify({ stage }) : null
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

/** The earliest creation, or an instant after every other. */
function heededFrom(batch: readonly Insert[], cutOffs: CutOffs): number {
  return cutOffs === 'seen'
    ? Number.MAX_SAFE_INTEGER
    : Math.min(...batch.map(({ record }) => record.createdAt))
}

function inColumns(names: readonly string[], rows: readonly Values[]): Values {
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? null)]))
}

/** Whether it leaves empty what most sign-ins do: neither a place, nor terms or times of its own. */
export function isPlainest(record: SessionRecord): boolean {
  const { lastAccessedAt, lifetime, idleTimeout, place } = record
  const hasNoTimes = lastAccessedAt === null && lifetime === null && idleTimeout === null
  return hasNoTimes && place === null && fromTerms(record) === null
}

/** What the usual case needs. */
export function plainValues(batch: readonly Insert[], cutOffs: CutOffs): Values {
  const rows = batch.map(({ record }) => toValues(record))
  const columns = plainColumns
    .filter((name) => name !== 'secret_hash')
    .map((name) => {
      const column = rows.map((row) => row[name])
      return [name, bareColumns.has(name) ? bareArray(column) : textArray(column as (string | null)[])]
    })
  return {
    ...Object.fromEntries(columns),
    secret_hash: bareArray(batch.map(({ record }) => bareBytes(record.secretHash))),
    actor: textArray(batch.map(({ plan }) => toStoredText(plan.actor))),
    request: textArray(batch.map(({ plan }) => orNull(plan.request, toStoredText))),
    heededFrom: heededFrom(batch, cutOffs),
    device_type: bareArray(batch.map(({ record }) => record.deviceInfo.type)),
    browser: textArray(batch.map(({ record }) => toStoredText(record.deviceInfo.browser))),
    os: textArray(batch.map(({ record }) => toStoredText(record.deviceInfo.os))),
    after: textArray(batch.map(afterOf)),
    facts: textArray(batch.map(factsOf)),
    countedIn: batch[0]?.record.shard,
    count: batch.length,
  }
}

/** What they need besides whose devices are added. */
export function plainValuesWithDevices(batch: readonly Insert[], cutOffs: CutOffs): Values {
  return {
    ...plainValues(batch, cutOffs),
    ...inColumns(addedColumns, batch.map(addedDevice)),
    ...newDevices(batch),
  }
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
  'idle_limit',
] as const)

function isNull(value: unknown): boolean {
  return value === null
}

/**
 * An array as PostgreSQL reads it, of values that need no quotes. A driver looks at each for what to escape, and quotes it.
 * Null: nulls only. To `unnest` an array that is too short is one that ends in nulls, and this one nobody has to read.
 */
function bareArray(values: readonly unknown[]): string | null {
  return values.every(isNull) ? null : `{${values.map((value) => value ?? 'NULL').join(',')}}`
}

/** As `bareArray`, of texts in quotes. Sign-ins are of a kind: what one says as the one before is not quoted again. */
function textArray(texts: readonly (string | null)[]): string | null {
  if (texts.every(isNull)) return null
  let last: string | null = null
  let quoted = 'NULL'
  const items = texts.map((text) => {
    if (text === null) return 'NULL'
    if (text !== last) quoted = quotedText(text)
    last = text
    return quoted
  })
  return `{${items.join(',')}}`
}

function quotedText(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function bareBytes(bytes: Uint8Array): string {
  return `\\\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')}`
}
