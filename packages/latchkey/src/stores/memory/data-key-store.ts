import type { DataKeyStore } from '../../ports/data-key-store.ts'
import { openRecords, type Records } from './records.ts'

export function memoryDataKeyStore(records: Records): DataKeyStore {
  return {
    async list() {
      return [...openRecords(records).dataKeys.values()].sort(
        (a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1),
      )
    },

    async addFirst(key) {
      const { dataKeys } = openRecords(records)
      if ([...dataKeys.values()].some(({ table }) => table === key.table)) return false
      dataKeys.set(key.id, key)
      return true
    },

    async add(key) {
      openRecords(records).dataKeys.set(key.id, key)
    },

    async remove(id) {
      return openRecords(records).dataKeys.delete(id)
    },
  }
}
