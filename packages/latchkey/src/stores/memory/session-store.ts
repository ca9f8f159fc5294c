import type { Page, PageRequest } from '../../foundation/page.ts'
import type { Instant } from '../../foundation/time.ts'
import { type SessionRecord, type SessionRef, systemActor } from '../../model/session.ts'
import { renewedEvent } from '../../model/session-event.ts'
import type { SessionQuery, SessionSelection } from '../../model/session-filter.ts'
import type { SessionStore } from '../../ports/session-store.ts'
import { endSessions } from './end-sessions.ts'
import { forgetSessions } from './forget-sessions.ts'
import { forgetUser } from './forget-user.ts'
import { insertSession } from './insert-session.ts'
import { appendEvents, type Records, requireOpen, sessionsOf } from './records.ts'
import { hasExpired, isIdle, matchesQuery } from './session-query.ts'

export function memorySessionStore(records: Records): SessionStore {
  return {
    async insert(record, plan) {
      requireOpen(records)
      return insertSession(records, record, plan)
    },

    async find(id) {
      requireOpen(records)
      return records.sessions.get(id) ?? null
    },

    async replace(next, at, actor) {
      requireOpen(records)
      const present = records.sessions.get(next.id)
      if (!present || present.invalidatedAt !== null || present.version !== next.version - 1) return false
      records.sessions.set(next.id, {
        ...next,
        userId: present.userId,
        shard: present.shard,
        lastAccessedAt: later(next.lastAccessedAt, present.lastAccessedAt),
        invalidatedAt: null,
        endReason: null,
        endedBy: null,
      })
      appendEvents(records, [renewedEvent(present, at, actor)])
      return true
    },

    async touch(seen) {
      requireOpen(records)
      for (const { id, at } of seen) {
        const record = records.sessions.get(id)
        if (!record || record.invalidatedAt !== null) continue
        if (record.lastAccessedAt !== null && record.lastAccessedAt >= at) continue
        records.sessions.set(id, { ...record, lastAccessedAt: at })
      }
    },

    async invalidate(selection, ending) {
      requireOpen(records)
      return endSessions(records, selected(records, selection), ending)
    },

    async list(query, page) {
      requireOpen(records)
      const matching = sessionsOf(records, query.userId).filter((record) => matchesQuery(record, query))
      return pageOf(matching.sort(newestFirst), page)
    },

    async count(query) {
      requireOpen(records)
      return countMatching(records, query)
    },

    async cleanup(bounds, at, limit) {
      requireOpen(records)
      const open = sessionsOf(records, null).filter((record) => record.invalidatedAt === null)
      const expired = open.filter((record) => hasExpired(record, bounds)).slice(0, limit)
      const idle = open
        .filter((record) => !hasExpired(record, bounds) && isIdle(record, bounds))
        .slice(0, limit - expired.length)
      return [
        ...endSessions(records, expired, { at, reason: 'expired', by: systemActor }),
        ...endSessions(records, idle, { at, reason: 'idle-timeout', by: systemActor }),
      ]
    },

    async forget(endedBefore, limit) {
      requireOpen(records)
      return forgetSessions(records, endedBefore, limit)
    },

    async forgetUser(userId) {
      requireOpen(records)
      return forgetUser(records, userId)
    },
  }
}

function selected(records: Records, selection: SessionSelection): readonly SessionRecord[] {
  if (selection.kind === 'user') {
    return sessionsOf(records, selection.userId).filter((record) => record.id !== selection.except)
  }
  const record = records.sessions.get(selection.id)
  const isTheirs = record && (selection.userId === null || selection.userId === record.userId)
  return isTheirs ? [record] : []
}

function countMatching(records: Records, query: SessionQuery): number {
  return sessionsOf(records, query.userId).filter((record) => matchesQuery(record, query)).length
}

/** A use that was recorded since `next` was read is not lost. */
function later(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b
  return a > b ? a : b
}

function newestFirst(a: SessionRecord, b: SessionRecord): number {
  return b.createdAt - a.createdAt || compareIds(b, a)
}

function compareIds(a: SessionRef, b: SessionRef): number {
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}

/** The cursor is `<createdAt>.<id>` of the last item: what comes after it does not depend on what was added before it. */
function pageOf(sorted: readonly SessionRecord[], page: PageRequest): Page<SessionRecord> {
  const [at = '', id = ''] = page.cursor?.split('.') ?? []
  const rest =
    page.cursor === null
      ? sorted
      : sorted.filter(
          (item) => item.createdAt < Number(at) || (item.createdAt === Number(at) && item.id < id),
        )
  const items = rest.slice(0, page.limit)
  const last = items.at(-1)
  return { items, next: last && rest.length > items.length ? `${last.createdAt}.${last.id}` : null }
}
