import type {
  AnalyticsResponse,
  HealthResponse,
  OverviewResponse,
  UserOverviewResponse,
} from 'latchkey/client'
import { request } from './request.ts'

const admin = '/api/v1/admin'

export function fetchOverview(signal: AbortSignal): Promise<OverviewResponse> {
  return request('GET', `${admin}/overview`, { activity: 'background', signal })
}

export function fetchAnalytics(query: URLSearchParams, signal: AbortSignal): Promise<AnalyticsResponse> {
  return request('GET', `${admin}/analytics?${query}`, { activity: 'background', signal })
}

/** Where the browser gets the same numbers as a file. */
export function analyticsFilePath(query: URLSearchParams, format: 'csv' | 'json'): string {
  const file = new URLSearchParams(query)
  file.set('format', format)
  return `${admin}/analytics/export?${file}`
}

export function fetchUserOverview(userId: string, signal: AbortSignal): Promise<UserOverviewResponse> {
  return request('GET', `${admin}/users/${encodeURIComponent(userId)}`, { activity: 'background', signal })
}

export function fetchHealth(signal: AbortSignal): Promise<HealthResponse> {
  return request('GET', `${admin}/health`, { activity: 'background', signal })
}
