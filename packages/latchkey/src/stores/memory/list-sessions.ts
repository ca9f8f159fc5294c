import { invalidArgument } from '../../foundation/errors.ts'
import type { Page, PageRequest } from '../../foundation/page.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { SessionQuery } from '../../model/session-filter.ts'
import { asRead, type Records, sessionsOf } from './records.ts'
import { matchesQuery } from './session-query.ts'

/** The cursor is `<createdAt>.<id>` of the last item: what comes after it does not depend on what was added before it. */
export function listSessions(records: Records, query: SessionQuery, page: PageRequest): Page<SessionRecord> {
  const sorted = matching(records, query).sort(newestFirst)
  const rest = page.cursor === null ? sorted : after(sorted, page.cursor)
  const items = rest.slice(0, page.limit).map((record) => asRead(records, record))
  const last = items.at(-1)
  return { items, next: last && rest.length > items.length ? `${last.createdAt}.${last.id}` : null }
}

function after(sorted: readonly SessionRecord[], cursor: string): readonly SessionRecord[] {
  const [, at, id] = /^(\d{1,16})\.(ses_[a-z2-7]{24})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined)
    throw invalidArgument('cursor', 'must be one that a page came with')
  const createdAt = Number(at)
  return sorted.filter((item) => item.createdAt < createdAt || (item.createdAt === createdAt && item.id < id))
}

export function countSessions(records: Records, query: SessionQuery): number {
  return matching(records, query).length
}

function matching(records: Records, query: SessionQuery): SessionRecord[] {
  return sessionsOf(records, query.userId).filter((record) => matchesQuery(records, record, query))
}

function newestFirst(a: SessionRecord, b: SessionRecord): number {
  if (a.createdAt !== b.createdAt) return b.createdAt - a.createdAt
  return a.id < b.id ? 1 : -1
}
