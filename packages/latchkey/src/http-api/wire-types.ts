/** The JSON that the API speaks. Instants are ISO 8601 in UTC with milliseconds. */

import type { DeviceInfoOnWire, NetworkOnWire } from './device-wire-types.ts'

export type * from './alert-wire-types.ts'
export type * from './audit-wire-types.ts'
export type * from './device-wire-types.ts'
export type * from './policy-wire-types.ts'
export type * from './report-wire-types.ts'

/** One session as its user sees it. */
export interface UserSession {
  /** Public and stable; no secret. */
  id: string
  device_info: DeviceInfoOnWire
  created_at: string
  last_accessed: string | null
  expires_at: string
  /** When it ends unless it is used before; null without an idle timeout. */
  idle_expires_at: string | null
  is_active: boolean
  /** Whether the request that asked was made in this session. */
  is_current: boolean
  /** An address, or its network (`192.0.2.0/24`) where no more is kept; null where it is unknown or forgotten. */
  ip_address: string | null
  /** The device that it was created on, one of `UserDevice`; null where none is known. */
  device_id: string | null
  /** When its user last proved who they are. */
  authenticated_at: string
  /** How, in the names of RFC 8176. */
  amr: string[]
  /** Of NIST SP 800-63B-4 at most, from distinct factors of `amr`; null where that is empty. */
  assurance_level: 'aal1' | 'aal2' | 'aal3' | null
  /** True while its user still owes a factor: it is accepted nowhere until then. */
  is_pending: boolean
  /** Its user has to prove anew who they are before anything that asks for a recent proof. */
  reauthentication_required: boolean
  /** What sets `expires_at`: `default`, `requested`, or the name of a rule of the policy. */
  expires_by: string
  /** As `expires_by`, of `idle_expires_at`. */
  idle_expires_by: string | null
}

/** Answer of `GET /api/v1/security/sessions`. */
export interface SessionsResponse {
  /** Newest activity first; at most 1,000. */
  sessions: UserSession[]
  total_count: number
}

/** Answer of `GET /api/v1/security/sessions/count`. */
export interface SessionCountResponse {
  active_sessions: number
}

/** Answer to ending one session. */
export interface RevokeSessionResponse {
  message: string
  revoked: boolean
}

/** Answer to ending many sessions. */
export interface RevokeSessionsResponse {
  message: string
  revoked_count: number
  current: 'revoked' | 'kept'
}

/** The sessions of one day. */
export interface DailySessions {
  /** `2026-11-23`, in UTC. */
  date: string
  created: number
  ended: number
}

/** Answer of `GET /api/v1/security/sessions/analytics`. */
export interface SessionAnalytics {
  /** All the user's sessions, those that retention has forgotten included. */
  total_sessions: number
  active_sessions: number
  /** Created in the last 30 days. */
  recent_sessions: number
  /** Of active sessions, as the three that follow. */
  device_types: Record<string, number>
  browsers: Record<string, number>
  operating_systems: Record<string, number>
  locations: Record<string, number>
  average_duration_seconds: number
  longest_duration_seconds: number
  /** `expired` holds idle timeouts, too. */
  ended: EndedSessions
  /** 30 days in UTC, oldest first, zeros included. */
  daily: DailySessions[]
}

/** How many sessions ended, by reason: `revoked` holds stolen tokens and changed networks, `replaced` those of the session limit. */
export interface EndedSessions {
  logout: number
  expired: number
  revoked: number
  replaced: number
}

/** One message of `GET /api/v1/security/sessions/events`: `event:` is its type, `data:` this object. */
export interface SessionEventOnWire {
  type: 'session.created' | 'session.ended' | 'session.renewed'
  session_id: string
  at: string
  /** Set on `session.ended`. */
  reason: EndReasonOnWire | null
  /** Whether it is the session in which the stream was opened. */
  is_current: boolean
}

/** Why a session ended. */
export type EndReasonOnWire =
  | 'logout'
  | 'expired'
  | 'idle-timeout'
  | 'revoked'
  | 'replaced'
  | 'session-limit'
  | 'token-reuse'
  | 'network-change'

/** A session as an administrator or a host back end sees it. */
export interface ManagedSession extends UserSession {
  user_id: string
  /** A name for the user (an e-mail address, say) where the program has one. */
  user_label: string | null
  /** What the user may do, as the policy's rules name it. */
  roles: string[]
  /** Whether its device was trusted at sign-in. */
  device_trust: 'trusted' | 'untrusted'
  /** ISO 3166-1 alpha-2; null where it is unknown. */
  country: string | null
  network: NetworkOnWire | null
  ended_at: string | null
  end_reason: EndReasonOnWire | null
  ended_by: string | null
}

/** Answer of `GET /api/v1/admin/sessions`. */
export interface ManagedSessionsResponse {
  sessions: ManagedSession[]
  /** Send it as `cursor` for the next page; null on the last one. */
  next_cursor: string | null
}

/** Answer of `POST /api/v1/sessions`. */
export interface CreatedSessionResponse {
  session: UserSession & { user_id: string }
  token: string
  /** To be kept in the browser and sent with its next sign-in; only where the request said `device_tokens`. */
  device_token?: string
}

/** Answer of `POST /api/v1/sessions/renew` and `POST /api/v1/sessions/rotate`. */
export interface RenewedSessionResponse {
  session: UserSession & { user_id: string }
  token: string
}

/** Answer of `POST /api/v1/sessions/verify`. */
export type VerifyResponse =
  | { active: true; session: UserSession & { user_id: string }; rotation_due: boolean }
  | { active: false; reason: 'unknown' | 'expired' | 'revoked' | 'pending' }

/** An error (RFC 9457), with media type `application/problem+json`. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  request_id: string
  /** The input at fault, where one is. */
  field?: string
  /** Of a filter: the word at fault, where one is. */
  word?: string
  /** Of a filter: where that word begins in the text, counted from 0. */
  position?: number
  /** With `count-changed`: how many there are now. */
  count?: number
}

/** Who is signed in to the program itself. */
export interface AccountUser {
  id: string
  email: string
  role: 'user' | 'admin'
}

/** Answer of `POST /api/v1/auth/login`, `/setup` and `/reauthenticate`. */
export interface LoginResponse {
  user: AccountUser
  session: UserSession
  /** Only where the request said `"transport": "bearer"`. */
  token?: string
}

/** Answer of `POST /api/v1/auth/password`. */
export interface PasswordResponse extends LoginResponse {
  /** How many other sessions ended with it. */
  revoked_count: number
}

/** Answer of `GET /api/v1/auth/me`. */
export interface MeResponse {
  user: AccountUser
  session: UserSession
}

/** Answer of `GET /api/v1/auth/setup`. */
export interface SetupStateResponse {
  /** Whether the program waits for its first administrator. */
  open: boolean
}

/** Answer of `GET /api/v1/admin/totals`: sessions of all users in numbers. */
export interface TotalsResponse {
  /** Sessions that have not ended; up to one cleanup behind their deadlines. */
  active_sessions: number
  /** Ever. */
  created: number
  /** Ever. `expired` holds idle timeouts, too. */
  ended: EndedSessions
}

/** What `latchkey doctor` would say, too, of what an administrator should mend. */
export interface FindingOnWire {
  /** What was looked at: `addresses`. */
  check: string
  /** What was seen, as a sentence. */
  message: string
  /** What to do about it, as a sentence; null where there is nothing to do. */
  remedy: string | null
}

/** Answer of `GET /api/v1/admin/findings`: empty where all is well. */
export interface FindingsResponse {
  findings: FindingOnWire[]
}

/** Answer of `POST /api/v1/admin/bulk-endings/preview`. */
export interface BulkPreviewResponse {
  filter: string
  count: number
  users: number
  /** The newest 10. */
  sample: ManagedSession[]
}
