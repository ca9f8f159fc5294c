import type { Instant } from '../../foundation/time.ts'
import type { SessionRecord } from '../../model/session.ts'
import { type Replacing, renewedEvent } from '../../model/session-event.ts'
import { appendEvents, type Records } from './records.ts'

/** `userId` and `shard` never change, what fades does not come back; a use that was recorded since `next` was read is not lost. */
export function replaceSession(records: Records, next: SessionRecord, replacing: Replacing): boolean {
  const present = records.sessions.get(next.id)
  if (!present || present.invalidatedAt !== null || present.version !== next.version - 1) return false
  records.sessions.set(next.id, {
    ...next,
    userId: present.userId,
    shard: present.shard,
    ipAddress: present.ipAddress,
    addressKey: present.addressKey,
    rangeKey: present.rangeKey,
    userAgent: present.userAgent,
    lastAccessedAt: later(next.lastAccessedAt, present.lastAccessedAt),
    notBefore: null,
    invalidatedAt: null,
    endReason: null,
    endedBy: null,
  })
  if (replacing.cause === 'confirmation') records.feed.wakeAll()
  else appendEvents(records, [renewedEvent(present, replacing)])
  return true
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b
  return a > b ? a : b
}
