import type { DeviceId, DeviceRecord } from '../../model/device.ts'
import type { Fingerprint } from '../../model/fingerprint.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { SealedTable } from '../../ports/data-key-store.ts'
import type { SealedValues, StoredValues } from '../../ports/sealed-values.ts'
import { openRecords, type Records } from './records.ts'

export function memorySealedValues(records: Records): SealedValues {
  return {
    async notSealedBy(table, prefix, afterId, limit) {
      return rowsOf(openRecords(records), table)
        .filter(({ id, values }) => (afterId === null || id > afterId) && holdsOther(values, prefix))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit)
    },

    async replace(table, read, next) {
      openRecords(records)
      for (const [index, was] of read.entries()) {
        const becomes = next[index]
        if (!becomes) continue
        if (table === 'user_sessions') replaceInSession(records, was, becomes)
        else replaceInDevice(records, was, becomes)
      }
    },
  }
}

function rowsOf(records: Records, table: SealedTable): readonly StoredValues[] {
  return table === 'user_sessions'
    ? [...records.sessions.values()].map(valuesOfSession)
    : [...records.devices.values()].map(valuesOfDevice)
}

function valuesOfSession(record: SessionRecord): StoredValues {
  const { id, ipAddress, userAgent, addressKey, rangeKey } = record
  return { id, values: { ipAddress, userAgent }, addressKey, rangeKey }
}

function valuesOfDevice({ id, fingerprints }: DeviceRecord): StoredValues {
  return { id, values: { fingerprints: toText(fingerprints) }, addressKey: null, rangeKey: null }
}

function holdsOther(values: StoredValues['values'], prefix: string): boolean {
  return Object.values(values).some((value) => value !== null && !value.startsWith(prefix))
}

function replaceInSession(records: Records, was: StoredValues, becomes: StoredValues): void {
  const record = records.sessions.get(was.id as SessionId)
  if (!record) return
  const of = (name: 'ipAddress' | 'userAgent'): string | null =>
    chosen(record[name], was.values[name], becomes.values[name])
  records.sessions.set(record.id, {
    ...record,
    ipAddress: of('ipAddress'),
    userAgent: of('userAgent'),
    addressKey: chosen(record.addressKey, was.addressKey, becomes.addressKey),
    rangeKey: chosen(record.rangeKey, was.rangeKey, becomes.rangeKey),
  })
}

function replaceInDevice(records: Records, was: StoredValues, becomes: StoredValues): void {
  const record = records.devices.get(was.id as DeviceId)
  if (!record) return
  const text = chosen(toText(record.fingerprints), was.values.fingerprints, becomes.values.fingerprints)
  records.devices.set(record.id, { ...record, fingerprints: fromText(text) })
}

function chosen(
  present: string | null,
  was: string | null | undefined,
  becomes: string | null | undefined,
): string | null {
  return present === (was ?? null) ? (becomes ?? null) : present
}

function toText(fingerprints: DeviceRecord['fingerprints']): string | null {
  if (typeof fingerprints === 'string') return fingerprints
  return fingerprints.length === 0 ? null : JSON.stringify(fingerprints)
}

/** An array in JSON begins with a bracket, and nothing that is sealed does. */
function fromText(text: string | null): DeviceRecord['fingerprints'] {
  if (text === null) return []
  return text.startsWith('[') ? (JSON.parse(text) as readonly Fingerprint[]) : text
}
