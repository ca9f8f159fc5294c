import type { WorkClaims } from '../../ports/work-claims.ts'
import { openRecords, type Records } from './records.ts'

/** A claim that ends so much later than the new one would is of a clock that runs ahead. In milliseconds. */
const aheadAtMost = 60_000

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
