import type {
  AlertAnsweredResponse,
  AlertOnWire,
  AlertQuestionResponse,
  AlertStateOnWire,
  AlertsResponse,
  MuteOnWire,
  MutesResponse,
  OwnAlertsResponse,
} from 'latchkey/client'
import { request } from './request.ts'

const admin = '/api/v1/admin'

/** What is to change of an alert. */
export interface AlertChange {
  readonly state?: AlertStateOnWire
  /** `me`: who is signed in; otherwise the email address of an administrator; null: nobody. */
  readonly assignee?: string | null
  readonly note?: string
}

/** Findings that nobody wants to hear of; what is null is of any. */
export type NewMute = Pick<MuteOnWire, 'detector' | 'user_id' | 'device_id' | 'network' | 'until' | 'note'>

export function fetchAlerts(
  query: URLSearchParams,
  options: { activity: 'user' | 'background'; signal: AbortSignal },
): Promise<AlertsResponse> {
  return request('GET', `${admin}/alerts?${query}`, options)
}

export function fetchAlert(id: string, signal: AbortSignal): Promise<AlertOnWire> {
  return request('GET', alertPath(id), { activity: 'background', signal })
}

/** `version`: the one that was seen; rejects with status 409 where it is another one by now. */
export function changeAlert(id: string, change: AlertChange, version: number): Promise<AlertOnWire> {
  return request('PATCH', alertPath(id), { body: { ...change, version } })
}

export function fetchMutes(): Promise<MutesResponse> {
  return request('GET', `${admin}/mutes`, { activity: 'background' })
}

export function addMute(mute: NewMute): Promise<MuteOnWire> {
  return request('POST', `${admin}/mutes`, { body: { ...mute } })
}

export function removeMute(id: string): Promise<unknown> {
  return request('DELETE', `${admin}/mutes/${encodeURIComponent(id)}`)
}

/** What was noticed about whoever is signed in. */
export function fetchOwnAlerts(): Promise<OwnAlertsResponse> {
  return request('GET', '/api/v1/security/alerts', { activity: 'background' })
}

/** An answer to what was shown; `me` rejects with status 409 where it was noticed again since. */
export interface GivenAnswer {
  readonly answer: 'me' | 'not-me'
  /** The alert's, as it was shown. */
  readonly count: number
}

export function answerOwnAlert(id: string, given: GivenAnswer): Promise<AlertAnsweredResponse> {
  return request('POST', `/api/v1/security/alerts/${encodeURIComponent(id)}/answer`, { body: { ...given } })
}

/** What a link of a mail asks; needs no session. */
export function fetchAlertQuestion(token: string, signal: AbortSignal): Promise<AlertQuestionResponse> {
  return request('GET', '/api/v1/alert-answers', { bearer: token, signal })
}

export function answerByLink(token: string, given: GivenAnswer): Promise<AlertAnsweredResponse> {
  return request('POST', '/api/v1/alert-answers', { bearer: token, body: { ...given } })
}

function alertPath(id: string): string {
  return `${admin}/alerts/${encodeURIComponent(id)}`
}
