import { invalidArgument } from '../../foundation/errors.ts'
import type { EventFilter, SessionEvent } from '../../model/session-event.ts'
import type { EventLog } from '../../ports/event-log.ts'
import { appendEvents, openRecords, type Records } from './records.ts'

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

    async list(filter, page) {
      openRecords(records)
      const end = page.cursor === null ? Number.POSITIVE_INFINITY : positionOf(page.cursor)
      const rest = records.events.filter((event) => event.position < end && matches(event, filter)).reverse()
      const items = rest.slice(0, page.limit)
      const last = items.at(-1)
      return { items, next: last && rest.length > items.length ? `${last.position}` : null }
    },

    async append(events) {
      appendEvents(openRecords(records), events)
    },

    async countUpTo(upTo, most) {
      openRecords(records)
      return Math.min(most, firstAfter(records, upTo))
    },

    async forget(upTo, limit) {
      openRecords(records)
      return records.events.splice(0, Math.min(firstAfter(records, upTo), limit)).length
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

/** The cursor is the position of the last item. */
function positionOf(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) throw invalidArgument('cursor', 'must be one that a page came with')
  return Number(cursor)
}

function matches(event: SessionEvent, filter: EventFilter): boolean {
  if (filter.userId !== null && event.userId !== filter.userId) return false
  if (filter.sessionId !== null && event.sessionId !== filter.sessionId) return false
  if (filter.actor !== null && event.actor !== filter.actor) return false
  if (filter.request !== null && event.request !== filter.request) return false
  if (filter.types.length > 0 && !filter.types.includes(event.type)) return false
  if (filter.from !== null && event.at < filter.from) return false
  return filter.until === null || event.at < filter.until
}
