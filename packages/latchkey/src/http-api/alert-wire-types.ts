/** How much somebody should care, the least first. */
export type SeverityOnWire = 'info' | 'low' | 'medium' | 'high' | 'critical'
/** What is thought of an alert. */
export type AlertStateOnWire = 'open' | 'acknowledged' | 'resolved' | 'false-alarm'
/** What happens by itself; each includes the ones before it. */
export type ResponseOnWire = 'notify' | 'require-reauthentication' | 'end-session'

/** One alert, as administrators see it. */
export interface AlertOnWire {
  id: string
  detector: string
  /** `Impossible travel` */
  title: string
  /** MITRE ATT&CK techniques: `T1078`. */
  attack: string[]
  severity: SeverityOnWire
  user_id: string | null
  user_label: string | null
  session_id: string | null
  /** Whether that session is still live; null where it is about none. */
  session_active: boolean | null
  device_id: string | null
  reason: string
  evidence: Record<string, unknown>
  first_at: string
  last_at: string
  count: number
  state: AlertStateOnWire
  assignee: string | null
  assignee_label: string | null
  /** What its user said; null: nothing yet. */
  answer: 'me' | 'not-me' | null
  answered_at: string | null
  response: ResponseOnWire | null
  responded_at: string | null
  notes: { at: string; by: string; by_label: string | null; text: string }[]
  version: number
}

/** Answer of `GET /api/v1/admin/alerts`. */
export interface AlertsResponse {
  alerts: AlertOnWire[]
  next_cursor: string | null
  /** Of the filter without its states. */
  counts: Record<AlertStateOnWire, number>
}

/** One alert, as its user sees it. */
export interface OwnAlert {
  id: string
  title: string
  severity: SeverityOnWire
  reason: string
  at: string
  /** How often it was noticed; an answer may say of how often it is. */
  count: number
  session_id: string | null
  /** The session it is about, as far as it is still on record. */
  session_active: boolean | null
  device: string | null
  location: string | null
  answer: 'me' | 'not-me' | null
  /** Whether "this was me" counts in the session that asks: not in the one it is about, nor in a younger one. */
  may_confirm: boolean
}

/** Answer of `GET /api/v1/security/alerts`. */
export interface OwnAlertsResponse {
  alerts: OwnAlert[]
}

/** Answer of `POST /api/v1/security/alerts/{alert_id}/answer` and of `POST /api/v1/alert-answers`. */
export interface AlertAnsweredResponse {
  message: string
  answer: 'me' | 'not-me'
  /** How many sessions ended by it. */
  revoked_count: number
  /** What became of the session asked in; `kept` where there was none. */
  current: 'revoked' | 'kept'
}

/** Answer of `GET /api/v1/alert-answers`: what the link in the mail is about, without changing anything. */
export interface AlertQuestionResponse {
  title: string
  reason: string
  at: string
  /** How often it was noticed. */
  count: number
  device: string | null
  location: string | null
  answer: 'me' | 'not-me' | null
}

/** One detector and how it is set. */
export interface DetectorOnWire {
  name: string
  title: string
  definition: string
  attack: string[]
  severity: SeverityOnWire
  mode: 'off' | 'observe' | 'enforce'
  response: ResponseOnWire
  /** Alerts of the last 30 days, and what became of them. */
  last_30_days: { alerts: number; false_alarms: number }
}

/** Answer of `GET /api/v1/admin/detectors`. */
export interface DetectorsResponse {
  detectors: DetectorOnWire[]
  /** Mails are sent; otherwise `notify` shows in the console only. */
  mail: boolean
}

/** A mute. */
export interface MuteOnWire {
  id: string
  detector: string | null
  user_id: string | null
  user_label: string | null
  device_id: string | null
  network: number | null
  until: string | null
  note: string | null
  by: string
  by_label: string | null
  at: string
}

/** Answer of `GET /api/v1/admin/mutes`. */
export interface MutesResponse {
  mutes: MuteOnWire[]
}

/** A line of the answer of `POST /api/v1/admin/backtests` (`application/x-ndjson`): how far it is. The last line is a `BacktestResult`. */
export interface BacktestProgress {
  kind: 'progress'
  events: number
  sessions: number
}

/** The last line. */
export interface BacktestResult {
  kind: 'result'
  from: string
  to: string
  events: number
  /** How many sign-ins there were. */
  sessions: number
  detectors: {
    detector: string
    title: string
    findings: number
    /** Sessions with a finding. */
    sessions: number
    users: number
  }[]
  /** Sessions to which a response of the draft would have happened, by the strictest one. */
  responses: Record<ResponseOnWire, number>
  /** The first 100 of them. */
  affected: {
    session_id: string | null
    user_id: string | null
    user_label: string | null
    detector: string
    response: ResponseOnWire
    at: string
    reason: string
  }[]
}

/** A bulk ending. */
export interface BulkEndingOnWire {
  id: string
  filter: string
  state: 'running' | 'done' | 'cancelled'
  expected: number
  ended: number
  created_at: string
  finished_at: string | null
  by: string
  by_label: string | null
  note: string | null
}

/** Answer of `GET /api/v1/admin/bulk-endings`. */
export interface BulkEndingsResponse {
  bulk_endings: BulkEndingOnWire[]
}
