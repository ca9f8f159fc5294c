import type {
  BulkEndingOnWire,
  BulkEndingsResponse,
  BulkPreviewResponse,
  RetentionResponse,
  SavedFiltersResponse,
} from 'latchkey/client'
import { request } from './request.ts'

const admin = '/api/v1/admin'
const endings = `${admin}/bulk-endings`

export interface NewBulkEnding {
  readonly filter: string
  /** What its maker has seen and typed. */
  readonly expected: number
  /** Why; empty for nothing. */
  readonly note: string
}

export function previewBulkEnding(filter: string): Promise<BulkPreviewResponse> {
  return request('POST', `${endings}/preview`, { body: { filter } })
}

/** Rejects with `count-changed` and the new count where it is not as expected any more. */
export function startBulkEnding({ filter, expected, note }: NewBulkEnding): Promise<BulkEndingOnWire> {
  return request('POST', endings, {
    body: { filter, expected_count: expected, ...(note === '' ? {} : { note }) },
  })
}

export function fetchBulkEndings(): Promise<BulkEndingsResponse> {
  return request('GET', endings, { activity: 'background' })
}

export function fetchBulkEnding(id: string): Promise<BulkEndingOnWire> {
  return request('GET', `${endings}/${encodeURIComponent(id)}`, { activity: 'background' })
}

/** What had ended by then stays ended. */
export function cancelBulkEnding(id: string): Promise<BulkEndingOnWire> {
  return request('POST', `${endings}/${encodeURIComponent(id)}/cancel`)
}

export function fetchSavedFilters(): Promise<SavedFiltersResponse> {
  return request('GET', `${admin}/saved-filters`, { activity: 'background' })
}

/** Takes the place of one of that name. */
export function saveFilter(name: string, filter: string): Promise<unknown> {
  return request('PUT', `${admin}/saved-filters/${encodeURIComponent(name)}`, { body: { filter } })
}

export function deleteSavedFilter(name: string): Promise<unknown> {
  return request('DELETE', `${admin}/saved-filters/${encodeURIComponent(name)}`)
}

export function countSessions(filter: string, signal: AbortSignal): Promise<{ count: number }> {
  const query = new URLSearchParams(filter === '' ? {} : { filter })
  return request('GET', `${admin}/sessions/count?${query}`, { activity: 'background', signal })
}

/** What would be forgotten now. */
export function fetchRetention(): Promise<RetentionResponse> {
  return request('GET', `${admin}/retention`, { activity: 'background' })
}
