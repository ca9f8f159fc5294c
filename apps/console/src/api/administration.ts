import type {
  ManagedSessionsResponse,
  RevokeSessionResponse,
  RevokeSessionsResponse,
  TotalsResponse,
} from 'latchkey/client'
import { request } from './request.ts'

const admin = '/api/v1/admin'

export function fetchManagedSessions(
  query: URLSearchParams,
  options: { activity: 'user' | 'background'; signal: AbortSignal },
): Promise<ManagedSessionsResponse> {
  return request('GET', `${admin}/sessions?${query}`, options)
}

export function fetchTotals(): Promise<TotalsResponse> {
  return request('GET', `${admin}/totals`, { activity: 'background' })
}

export function endSession(sessionId: string): Promise<RevokeSessionResponse> {
  return request('DELETE', `${admin}/sessions/${encodeURIComponent(sessionId)}`)
}

export function endSessionsOfUser(userId: string): Promise<RevokeSessionsResponse> {
  return request('DELETE', `${admin}/users/${encodeURIComponent(userId)}/sessions`)
}
