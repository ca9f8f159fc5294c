import { LatchkeyError } from '../../foundation/errors.ts'
import type { Storage } from '../../ports/storage.ts'
import { memoryAlertStore } from './alert-store.ts'
import { memoryAuditLinks } from './audit-links.ts'
import { memoryBulkEndingStore } from './bulk-ending-store.ts'
import { memoryCutOffStore } from './cut-off-store.ts'
import { memoryDataKeyStore } from './data-key-store.ts'
import { memoryDeviceStore } from './device-store.ts'
import { memoryEventLog } from './event-log.ts'
import { emptyRecords, openRecords } from './records.ts'
import { memoryRollupStore } from './rollup-store.ts'
import { memorySealedValues } from './sealed-values.ts'
import { memorySessionStatistics } from './session-statistics.ts'
import { memorySessionStore } from './session-store.ts'
import { memoryWorkClaims } from './work-claims.ts'

/**
 * Keeps everything in the memory of this process, for tests and trials: it is gone when the process ends.
 * Lists over all users, cleanup, fading and forgetting look at every session.
 */
export function memoryStorage(): Storage {
  const records = emptyRecords()
  return {
    engine: 'memory',
    sessions: memorySessionStore(records),
    devices: memoryDeviceStore(records),
    statistics: memorySessionStatistics(records),
    events: memoryEventLog(records),
    auditLinks: memoryAuditLinks(records),
    cutOffs: memoryCutOffStore(records),
    rollups: memoryRollupStore(records),
    alerts: memoryAlertStore(records),
    bulkEndings: memoryBulkEndingStore(records),
    workClaims: memoryWorkClaims(records),
    dataKeys: memoryDataKeyStore(records),
    sealedValues: memorySealedValues(records),
    liveFeed: records.feed,
    sharing: { kind: 'exclusive' },
    async open() {
      if (records.state === 'closed') throw new LatchkeyError('closed', 'The storage is closed.')
      records.state = 'open'
    },
    async ping() {
      openRecords(records)
    },
    async close() {
      records.state = 'closed'
    },
  }
}
