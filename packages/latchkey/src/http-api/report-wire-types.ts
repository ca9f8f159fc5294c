import type { AlertOnWire } from './alert-wire-types.ts'

/** What sessions can be grouped by in `GET /api/v1/admin/analytics`. `method`: factors of the sign-in (`pwd+otp`). */
export type AnalyticsGroup = 'device_type' | 'browser' | 'os' | 'country' | 'network' | 'method' | 'reason'

/** What happened in one hour or day. A number is null where it cannot be told, as for a filter. */
export interface AnalyticsPoint {
  /** When the hour or day begins. */
  start: string
  created: number
  ended: number
  /** Tokens that were shown and good. */
  verified: number | null
  /** Tokens that were shown and refused. */
  refused: number | null
  distinct_users: number | null
  distinct_devices: number | null
}

/** One value of a group. */
export interface AnalyticsShare {
  /** `unknown` where it is not known; `other`: the rest. */
  value: string
  created: number
  /** In the period before, of the same length; null: not all of it is known. */
  created_before: number | null
  /** The filter of the sessions behind it, for `GET /api/v1/admin/sessions`; null where there is none. */
  filter: string | null
}

/** How long sessions lasted that ended in the period, in seconds. Percentiles are interpolated within the histogram's buckets (±6 %). */
export interface AnalyticsDurations {
  count: number
  average: number | null
  p50: number | null
  p90: number | null
  p99: number | null
  /** `up_to`: null for the last one, which has no bound. */
  histogram: { up_to: number | null; count: number }[]
}

/** Sums of a period. */
export interface AnalyticsSums {
  created: number
  ended: number
  ended_by_reason: Record<string, number>
  verified: number | null
  refused: number | null
}

/** Of the sessions that were created in the period, the share that was not over after that time; null where none is as old. */
export interface RetentionPoint {
  after_seconds: number
  share: number | null
}

/** Answer of `GET /api/v1/admin/analytics`. */
export interface AnalyticsResponse {
  from: string
  /** Exclusive. */
  to: string
  interval: 'hour' | 'day'
  filter: string
  /** `rollups`: counted when it happened. `sessions`: counted now from the sessions that are still on record, as for a filter. */
  source: 'rollups' | 'sessions'
  /** From when on numbers are complete; null: they are in the whole period. */
  complete_from: string | null
  /** Events that are not in yet; 0: none. */
  events_behind: number
  points: AnalyticsPoint[]
  totals: AnalyticsSums
  /** The period of the same length before; where this one is not over, as much of it, by the hour. Null: not all of it is known. */
  before: AnalyticsSums | null
  durations: AnalyticsDurations
  retention: RetentionPoint[]
  /** Null without `group_by`. The greatest first, at most 50 and `other`. */
  groups: AnalyticsShare[] | null
  /** By the greatest values of the group; null without `group_by`. */
  group_points: { start: string; created: Record<string, number> }[] | null
}

/** Answer of `GET /api/v1/admin/overview`: what the first page shows, in one question. */
export interface OverviewResponse {
  at: string
  active_sessions: number
  last_24_hours: AnalyticsSums
  /** The 24 hours before those. Null: not all of it is known. */
  before: AnalyticsSums | null
  /** The last 48 hours by the hour, oldest first. */
  hours: AnalyticsPoint[]
  /** Created in the last 24 hours. */
  countries: AnalyticsShare[]
  device_types: AnalyticsShare[]
  browsers: AnalyticsShare[]
  operating_systems: AnalyticsShare[]
  /** Of the last 7 days. */
  durations: AnalyticsDurations
  open_alerts: { total: number; by_severity: Record<string, number>; newest: AlertOnWire[] }
  events_behind: number
}

/** Answer of `GET /api/v1/admin/users/{user_id}`. */
export interface UserOverviewResponse {
  user_id: string
  user_label: string | null
  disabled: boolean
  active_sessions: number
  total_sessions: number
  /** The first and the newest sign-in on record; null: none. */
  first_seen: string | null
  last_seen: string | null
  /** Where they signed in from, the newest first; `latitude` and `longitude` null where they are unknown. */
  places: {
    country: string | null
    location: string | null
    latitude: number | null
    longitude: number | null
    sessions: number
    last_seen: string
  }[]
  /** `learning`: detectors know too little of them to find anything odd. */
  history: { state: 'learning' | 'known'; sign_ins: number; active_days: number; countries: string[] }
  open_alerts: number
}

/** One thing that `GET /api/v1/admin/health` looked at. */
export interface HealthCheckOnWire {
  name: string
  /** `skipped`: it could not be looked at. */
  state: 'ok' | 'warning' | 'failed' | 'skipped'
  message: string
  /** How to mend it; null where there is nothing to mend. */
  remedy: string | null
}

/** Answer of `GET /api/v1/admin/health`. */
export interface HealthResponse {
  at: string
  checks: HealthCheckOnWire[]
  events_behind: number
  /** Null where nothing waits. */
  oldest_event_behind: string | null
  cleanup: { backlog: number; last_run: string | null }
  rollups: { position: number; complete_from: string | null }
  detectors: { position: number | null; behind: number }
}

/** Answer of `GET /api/v1/admin/retention`: what would be forgotten now. */
export interface RetentionResponse {
  at: string
  kinds: {
    kind: 'sessions' | 'events' | 'alerts' | 'rollup-hours' | 'rollup-days' | 'histories' | 'bulk-endings'
    /** Null: kept for ever. */
    period_seconds: number | null
    /** What is older goes; null: nothing does. */
    before: string | null
    /** How many would go now. */
    would_forget: number
    /** `would_forget` is where the count stopped; there may be more. */
    is_least: boolean
  }[]
}

/** Answer of `GET /api/v1/admin/saved-filters`. */
export interface SavedFiltersResponse {
  saved_filters: { name: string; filter: string; created_at: string }[]
}
