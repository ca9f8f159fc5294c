import type {
  EndedSessions,
  ManagedSessionsResponse,
  RevokeSessionResponse,
  RevokeSessionsResponse,
} from 'latchkey/client'
import { request } from './request.ts'

const admin = '/api/v1/admin'

/** Answer of `GET /api/v1/admin/totals`. */
export interface Totals {
  active_sessions: number
  created: number
  ended: EndedSessions
}

export function fetchManagedSessions(
  query: URLSearchParams,
  options: { activity: 'user' | 'background'; signal: AbortSignal },
): Promise<ManagedSessionsResponse> {
  return request('GET', `${admin}/sessions?${query}`, options)
}

export function fetchTotals(): Promise<Totals> {
  return request('GET', `${admin}/totals`, { activity: 'background' })
}

export function endSession(sessionId: string): Promise<RevokeSessionResponse> {
  return request('DELETE', `${admin}/sessions/${encodeURIComponent(sessionId)}`)
}

export function endSessionsOfUser(userId: string): Promise<RevokeSessionsResponse> {
  return request('DELETE', `${admin}/users/${encodeURIComponent(userId)}/sessions`)
}
