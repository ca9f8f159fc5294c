import type { AnalyticsResponse } from 'latchkey/client'
import { sampleDurations, sampleOverview, sampleShares } from '../overview/overview-fixture.fake.ts'

/** Two days by the hour. */
export function sampleAnalytics(changes: Partial<AnalyticsResponse> = {}): AnalyticsResponse {
  const { hours, last_24_hours: totals, before } = sampleOverview()
  return {
    from: hours[0]?.start ?? '',
    to: '2026-11-28T13:00:00.000Z',
    interval: 'hour',
    filter: '',
    source: 'rollups',
    complete_from: null,
    events_behind: 0,
    points: hours,
    totals,
    before,
    durations: sampleDurations,
    retention: [3600, 14_400, 28_800, 86_400, 172_800, 604_800].map((after, index) => ({
      after_seconds: after,
      share: [0.82, 0.55, 0.31, 0.18, 0.09, null][index] ?? null,
    })),
    groups: sampleShares({ desktop: 1_804, mobile: 1_190, tablet: 160, unknown: 58 }, 'type'),
    group_points: hours.map(({ start, created }) => ({
      start,
      created: { desktop: Math.round(created * 0.6), mobile: Math.round(created * 0.4) },
    })),
    ...changes,
  }
}
