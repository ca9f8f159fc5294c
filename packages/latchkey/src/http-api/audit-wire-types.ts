/** One entry of the audit log. */
export interface AuditEntry {
  /** Its place in the log; later entries have greater ones. */
  position: number
  at: string
  /** `session.ended`, `sign-in.failed`, … */
  type: string
  /** The name in the OWASP Logging Vocabulary: `session_expired`, `authn_login_fail`, …; null where that has none. */
  event: string | null
  level: 'INFO' | 'WARN' | 'CRITICAL'
  /** What happened, as a sentence without names. */
  description: string
  user_id: string | null
  /** What an administrator knows the user by: the e-mail address of an account of the program. Null for others, and in `security/activity`. */
  user_label: string | null
  session_id: string | null
  device_id: string | null
  /** `user:<id>`, `admin:<id>`, `service:<key id>`, `command-line` or `system`. */
  actor: string
  /** As `user_label`, of who did it. */
  actor_label: string | null
  reason: string | null
  request_id: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** Answer of `GET /api/v1/admin/audit` and of `GET /api/v1/security/activity`. Newest first. */
export interface AuditEntriesResponse {
  entries: AuditEntry[]
  /** Send it as `cursor` for the next page; null on the last one. */
  next_cursor: string | null
}

/** Answer of `GET /api/v1/admin/audit/verification`. */
export interface AuditVerificationResponse {
  intact: boolean
  /** What was found, as a sentence. */
  message: string
  events: number
  /** When the first of them was written; null where it is not intact or holds nothing. */
  since: string | null
  /** Of the last seconds, which the chain does not hold yet. */
  unlinked: number
  /** `position:digest`, to be kept elsewhere; null where there is none. */
  head: string | null
  /** Positions between which it does not hold; null where it is intact. */
  broken: { first: number; last: number; fault: string } | null
}

/** A cut-off: sessions of the scope created until then are over. */
export interface CutOffOnWire {
  scope: 'user' | 'device' | 'everybody'
  user_id: string | null
  /** As in an audit entry. */
  user_label: string | null
  device_id: string | null
  /** Null: for ever; the user is disabled. */
  not_before: string | null
  set_at: string
  by: string
  by_label: string | null
  note: string | null
}

/** Answer of `GET /api/v1/admin/cut-offs`. */
export interface CutOffsResponse {
  cut_offs: CutOffOnWire[]
}

/** Answer of `POST /api/v1/admin/cut-offs`, `POST /api/v1/admin/users/{user_id}/disable` and `/enable`. */
export interface CutOffResponse {
  message: string
  /** How many sessions ended at once; everybody's end in the background. */
  revoked_count: number
}
