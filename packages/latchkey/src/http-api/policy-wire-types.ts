/** One term of the policy: what holds, and what set it. */
export interface PolicyTerm {
  /** `absolute_lifetime_seconds`, `idle_timeout_seconds`, `rotation_interval_seconds`, `session_limit`, `reauthentication_window_seconds`, `network_binding`. */
  name: string
  /** Null: no limit. */
  value: number | string | null
  /** `default`, or the name of the rule. */
  set_by: string
  /** Where the number comes from (`NIST SP 800-63B-4, 2.2.3`); null where the operator chose it. */
  source: string | null
}

/** A rule of the policy. */
export interface PolicyRuleOnWire {
  name: string
  /** For whom, as a phrase: `users with role admin on a device that is not trusted`. */
  applies_to: string
  roles: string[]
  device_trust: 'trusted' | 'untrusted' | null
  assurance: ('aal1' | 'aal2' | 'aal3')[]
  terms: PolicyTerm[]
}

/** Answer of `GET /api/v1/admin/policy`. */
export interface PolicyResponse {
  /** The preset that the settings name; null for none. */
  preset: string | null
  /** What holds for everybody. */
  terms: PolicyTerm[]
  at_session_limit: 'reject' | 'end-oldest' | 'end-least-recent'
  rules: PolicyRuleOnWire[]
  presets: PolicyPreset[]
  /** Which assurance levels of NIST SP 800-63B-4 everybody's timeouts meet, with the reason where not. */
  meets: { level: 'aal1' | 'aal2' | 'aal3'; met: boolean; why: string }[]
  /** What a session with these would be granted; only where the request named some. */
  explained: { terms: PolicyTerm[] } | null
}

/** A policy that comes along. */
export interface PolicyPreset {
  name: string
  title: string
  terms: PolicyTerm[]
}
