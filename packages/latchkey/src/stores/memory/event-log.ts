import type { EventLog } from '../../ports/event-log.ts'
import { openRecords, type Records } from './records.ts'

export function memoryEventLog(records: Records): EventLog {
  return {
    async read(after, limit) {
      openRecords(records)
      const start = firstAfter(records, after)
      return records.events.slice(start, start + limit)
    },

    async latest() {
      openRecords(records)
      return records.events.at(-1)?.position ?? 0
    },

    async forget(before, limit) {
      openRecords(records)
      let forgotten = 0
      const kept = records.events.filter((event) => {
        if (forgotten >= limit || event.at >= before) return true
        forgotten += 1
        return false
      })
      records.events.splice(0, records.events.length, ...kept)
      return forgotten
    },
  }
}

/** Positions grow, so the place is found by halving: a reader that keeps up does not pay for the whole log. */
function firstAfter(records: Records, position: number): number {
  let low = 0
  let high = records.events.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((records.events[middle]?.position ?? 0) > position) high = middle
    else low = middle + 1
  }
  return low
}
