import type { AuditLinks } from '../../ports/audit-links.ts'
import { openRecords, type Records } from './records.ts'

export function memoryAuditLinks(records: Records): AuditLinks {
  return {
    async latest() {
      return openRecords(records).auditLinks.at(-1) ?? null
    },

    async append(link, after) {
      const { auditLinks } = openRecords(records)
      if ((auditLinks.at(-1)?.last ?? null) !== after) return false
      auditLinks.push(link)
      return true
    },

    async read(after, limit) {
      return openRecords(records)
        .auditLinks.filter(({ last }) => last > after)
        .slice(0, limit)
    },

    async latestBefore(before) {
      return (
        openRecords(records)
          .auditLinks.slice(0, -1)
          .findLast(({ at }) => at < before) ?? null
      )
    },

    async forgetBefore(last) {
      const { auditLinks } = openRecords(records)
      const kept = auditLinks.filter((link) => link.last >= last)
      auditLinks.splice(0, auditLinks.length, ...kept)
    },
  }
}
