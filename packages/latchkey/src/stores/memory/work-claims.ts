import { aheadAtMost, type WorkClaims } from '../../ports/work-claims.ts'
import { openRecords, type Records } from './records.ts'

export function memoryWorkClaims(records: Records): WorkClaims {
  return {
    claim: async (work, holder, now, until) => {
      const { workClaims } = openRecords(records)
      const held = workClaims.get(work)
      const isHeld = held && held.until > now && held.until <= until + aheadAtMost
      if (isHeld && held.holder !== holder) return false
      workClaims.set(work, { holder, until })
      return true
    },
    release: async (work, holder) => {
      const { workClaims } = openRecords(records)
      if (workClaims.get(work)?.holder === holder) workClaims.delete(work)
    },
  }
}
