import type { SessionAnalytics as Analytics } from '../model/session-statistics.ts'
import type { SessionAnalytics } from './wire-types.ts'

export function toSessionAnalytics(analytics: Analytics): SessionAnalytics {
  const { ended } = analytics
  return {
    total_sessions: analytics.totalSessions,
    active_sessions: analytics.activeSessions,
    recent_sessions: analytics.recentSessions,
    device_types: { ...analytics.deviceTypes },
    browsers: { ...analytics.browsers },
    operating_systems: { ...analytics.operatingSystems },
    locations: { ...analytics.locations },
    average_duration_seconds: analytics.averageDurationSeconds,
    longest_duration_seconds: analytics.longestDurationSeconds,
    ended: {
      logout: ended.logout,
      expired: ended.expired + ended['idle-timeout'],
      revoked: ended.revoked + ended['token-reuse'] + ended['network-change'],
      replaced: ended.replaced + ended['session-limit'],
    },
    daily: analytics.daily.map(({ date, created, ended: endedThen }) => ({
      date,
      created,
      ended: endedThen,
    })),
  }
}
