import { checkUserId } from './check-argument.ts'
import { checkFilter, type SessionConditions } from './check-filter.ts'
import { queryFor } from './list-sessions.ts'
import type { Wiring } from './wiring.ts'

export async function getSessionCountByUser(wiring: Wiring, userId: string): Promise<number> {
  return countSessions(wiring, { userId: checkUserId('userId', userId), state: 'live' })
}

export async function countSessions(wiring: Wiring, filter: SessionConditions): Promise<number> {
  checkFilter(filter)
  return wiring.storage.sessions.count(await queryFor(wiring, filter))
}
