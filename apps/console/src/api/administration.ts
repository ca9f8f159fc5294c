import type {
  DevicesResponse,
  FindingsResponse,
  ForgetDeviceResponse,
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

export function fetchDevicesOfUser(userId: string, signal: AbortSignal): Promise<DevicesResponse> {
  return request('GET', devicesPath(userId), { signal })
}

export function forgetDeviceOfUser(userId: string, deviceId: string): Promise<ForgetDeviceResponse> {
  return request('DELETE', `${devicesPath(userId)}/${encodeURIComponent(deviceId)}`)
}

/** What the program has found out about itself that should be mended. */
export function fetchFindings(): Promise<FindingsResponse> {
  return request('GET', `${admin}/findings`, { activity: 'background' })
}

function devicesPath(userId: string): string {
  return `${admin}/users/${encodeURIComponent(userId)}/devices`
}
