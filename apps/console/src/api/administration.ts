import type {
  AuditEntriesResponse,
  AuditVerificationResponse,
  CutOffResponse,
  CutOffsResponse,
  DevicesResponse,
  FindingsResponse,
  ForgetDeviceResponse,
  ManagedSessionsResponse,
  PolicyResponse,
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

/** Signs somebody out for good: whatever was created until now is over. */
export interface CutOffRequest {
  readonly scope: 'user' | 'everybody'
  readonly user_id?: string
  readonly note?: string
}

export function fetchCutOffs(): Promise<CutOffsResponse> {
  return request('GET', `${admin}/cut-offs`, { activity: 'background' })
}

export function setCutOff(cutOff: CutOffRequest): Promise<CutOffResponse> {
  return request('POST', `${admin}/cut-offs`, { body: { ...cutOff } })
}

/** `note`: why; empty for nothing. */
export function disableUser(userId: string, note: string): Promise<CutOffResponse> {
  return request('POST', `${userPath(userId)}/disable`, { body: note === '' ? {} : { note } })
}

export function enableUser(userId: string): Promise<CutOffResponse> {
  return request('POST', `${userPath(userId)}/enable`)
}

/** `query`: of whom to explain what holds; empty for nobody. */
export function fetchPolicy(query: URLSearchParams): Promise<PolicyResponse> {
  return request('GET', `${admin}/policy?${query}`)
}

export function fetchAudit(query: URLSearchParams, signal: AbortSignal): Promise<AuditEntriesResponse> {
  return request('GET', `${admin}/audit?${query}`, { signal })
}

/** Reads the whole chain, which may take a while. */
export function verifyAudit(): Promise<AuditVerificationResponse> {
  return request('GET', `${admin}/audit/verification`)
}

function userPath(userId: string): string {
  return `${admin}/users/${encodeURIComponent(userId)}`
}

function devicesPath(userId: string): string {
  return `${userPath(userId)}/devices`
}
