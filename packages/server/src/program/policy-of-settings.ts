import { type Duration, days, type SessionPolicy, seconds } from 'latchkey'
import type { Settings } from '../configuration/settings.ts'

/** What the operator has decided, in the library's words. */
export function policyOfSettings(settings: Settings): SessionPolicy {
  return {
    absoluteLifetime: seconds(settings.sessionLifetimeSeconds),
    idleTimeout: secondsOrNull(settings.idleTimeoutSeconds),
    rotationInterval: secondsOrNull(settings.rotationIntervalSeconds),
    sessionLimit: settings.sessionLimit === 0 ? null : settings.sessionLimit,
    reauthenticationWindow: secondsOrNull(settings.reauthenticationSeconds),
    networkBinding: settings.networkBinding,
    rules: settings.policyRules,
    atSessionLimit: settings.atSessionLimit,
    retention: daysOrNull(settings.retentionDays),
    auditRetention: daysOrNull(settings.auditRetentionDays),
    alertRetention: daysOrNull(settings.alertRetentionDays),
    rollupHourRetention: daysOrNull(settings.rollupHourRetentionDays),
    rollupDayRetention: daysOrNull(settings.rollupDayRetentionDays),
    historyRetention: daysOrNull(settings.historyRetentionDays),
    addressPrivacy: settings.addressPrivacy,
    addressRetention: daysOrNull(settings.addressRetentionDays),
    userAgentRetention: daysOrNull(settings.userAgentRetentionDays),
    fingerprintRetention: daysOrNull(settings.fingerprintRetentionDays),
    deviceRetention: daysOrNull(settings.deviceRetentionDays),
    deviceReplacement: settings.deviceReplacement,
    fingerprinting: settings.fingerprinting,
  }
}

/** 0 stands for no limit. */
function secondsOrNull(count: number): Duration | null {
  return count === 0 ? null : seconds(count)
}

/** 0 stands for no end. */
function daysOrNull(count: number): Duration | null {
  return count === 0 ? null : days(count)
}
