import { invalidArgument } from '../foundation/errors.ts'
import { after, type Instant, milliseconds } from '../foundation/time.ts'
import type { SessionQuery } from '../model/session-filter.ts'
import { isSessionId } from '../model/session-token.ts'
import { parseFilter } from '../rules/filter-grammar.ts'
import { withinBoth } from '../rules/filter-times.ts'
import { longestFilter } from '../rules/filter-words.ts'
import type { ParsedFilter } from '../rules/parsed-filter.ts'
import { checkText } from './check-argument.ts'
import { checkFilter } from './check-filter.ts'
import { queryFor } from './list-sessions.ts'
import type { Wiring } from './wiring.ts'

/**
 * What a bulk ending may be about. Throws `invalid-argument`: for a filter that cannot be read; for one without a word, which
 * would be everybody (`state:live` says so on purpose); for a bare word, which also finds users by what changes (addresses of
 * accounts); and for sessions that have ended.
 */
export function readBulkFilter(text: string, now: Instant): ParsedFilter {
  if (typeof text !== 'string' || text.trim() === '') {
    throw invalidArgument('filter', 'must have a word at least; state:live is every live session')
  }
  const reading = parseFilter(checkText('filter', text, longestFilter), now)
  if (reading.kind === 'fault') {
    const { word, position, message } = reading.fault
    throw invalidArgument('filter', `${message} It is about ${word} at ${position}.`)
  }
  const { filter } = reading
  if (filter.search !== null)
    throw invalidArgument('filter', 'must have no bare word, such as user:… instead')
  if (filter.state === 'ended') throw invalidArgument('filter', 'must be about sessions that are live')
  return filter
}

/** Live sessions of the filter that were created until that instant. */
export async function bulkQuery(wiring: Wiring, filter: ParsedFilter, until: Instant): Promise<SessionQuery> {
  const createdUntil = { from: null, until: after(until, milliseconds(1)) }
  const conditions = {
    ...filter,
    search: null,
    state: 'live',
    created: withinBoth(filter.created, createdUntil),
  } as const
  checkFilter(conditions)
  return queryFor(wiring, conditions)
}

/** Whether the session is one of the query's, and the only one of its user; null where it is none of them. */
export async function partOf(
  { storage }: Wiring,
  query: SessionQuery,
  except: string | null,
): Promise<{ readonly isOnlyOne: boolean } | null> {
  const session = isSessionId(except) ? await storage.sessions.find(except) : null
  if (session === null || (query.userId !== null && query.userId !== session.userId)) return null
  const ofUser = { ...query, userId: session.userId }
  const itself = { ...ofUser, search: { text: session.id, userIds: [], address: null } }
  if ((await storage.sessions.count(itself)) === 0) return null
  return { isOnlyOne: (await storage.sessions.count(ofUser)) === 1 }
}
