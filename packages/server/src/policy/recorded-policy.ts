import { type Duration, inSeconds, type JsonObject, type PolicyRule, type SessionPolicy } from 'latchkey'
import { allTerms, termNames, termValue } from './policy-terms.ts'

/** A policy as the audit log holds it: durations in seconds, names as in the settings. */
export function recordedPolicy(policy: SessionPolicy): JsonObject {
  const days = (length: Duration | null): number | null => length && inSeconds(length) / 86_400
  return {
    ...recordedTerms(policy),
    at_session_limit: policy.atSessionLimit,
    rules: policy.rules.map(({ name, when, ...terms }) => ({
      name,
      when: recordedCondition(when),
      ...recordedTerms(terms),
    })),
    retention_days: days(policy.retention),
    audit_retention_days: days(policy.auditRetention),
    alert_retention_days: days(policy.alertRetention),
    rollup_hour_retention_days: days(policy.rollupHourRetention),
    rollup_day_retention_days: days(policy.rollupDayRetention),
    history_retention_days: days(policy.historyRetention),
    address_privacy: policy.addressPrivacy,
    address_retention_days: days(policy.addressRetention),
    user_agent_retention_days: days(policy.userAgentRetention),
    fingerprint_retention_days: days(policy.fingerprintRetention),
    device_retention_days: days(policy.deviceRetention),
    device_replacement: policy.deviceReplacement,
    fingerprinting: policy.fingerprinting,
  }
}

function recordedTerms(terms: Partial<SessionPolicy>): JsonObject {
  return Object.fromEntries(
    allTerms.flatMap((name) => {
      const value = terms[name]
      return value === undefined ? [] : [[termNames[name], termValue(name, value)]]
    }),
  )
}

function recordedCondition({ roles, deviceTrust, assurance }: PolicyRule['when']): JsonObject {
  return {
    ...(roles && { roles }),
    ...(deviceTrust && { device_trust: deviceTrust }),
    ...(assurance && { assurance }),
  }
}
