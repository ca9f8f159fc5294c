import { LatchkeyError } from '../../foundation/errors.ts'
import type { Instant } from '../../foundation/time.ts'
import type { BulkEnding } from '../../model/bulk-ending.ts'
import type { BulkEndingStore } from '../../ports/bulk-ending-store.ts'
import { appendEvents, openRecords, type Records } from './records.ts'

export function memoryBulkEndingStore(records: Records): BulkEndingStore {
  const opened = (): Records => openRecords(records)
  const oldestFirst = (): BulkEnding[] =>
    [...opened().bulkEndings.values()].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
  const finishedBefore = (before: Instant): BulkEnding[] =>
    oldestFirst().filter(({ finishedAt }) => finishedAt !== null && finishedAt < before)
  return {
    add: async (ending, events) => {
      if (opened().bulkEndings.has(ending.id)) {
        throw new LatchkeyError('storage-failed', 'A bulk ending with this id exists already.')
      }
      records.bulkEndings.set(ending.id, ending)
      appendEvents(records, events)
    },
    find: async (id) => opened().bulkEndings.get(id) ?? null,
    replace: async (next, events) => {
      if (opened().bulkEndings.get(next.id)?.version !== next.version - 1) return false
      records.bulkEndings.set(next.id, next)
      appendEvents(records, events)
      return true
    },
    list: async (limit) => oldestFirst().reverse().slice(0, limit),
    running: async () => oldestFirst().filter(({ state }) => state === 'running'),
    countBefore: async (before, most) => Math.min(most, finishedBefore(before).length),
    forget: async (before, limit) => {
      const old = finishedBefore(before).slice(0, limit)
      for (const { id } of old) records.bulkEndings.delete(id)
      return old.length
    },
  }
}
