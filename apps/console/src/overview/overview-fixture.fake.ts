import type { AlertOnWire, AnalyticsDurations, AnalyticsShare, OverviewResponse } from 'latchkey/client'

export const sampleAt = '2026-11-28T12:30:00.000Z'

export function sampleShares(counts: Readonly<Record<string, number>>, key: string): AnalyticsShare[] {
  return Object.entries(counts).map(([value, created]) => ({
    value,
    created,
    created_before: Math.round(created * 0.9),
    filter:
      value === 'other' ? null : `${key}:${value.includes(' ') ? `"${value}"` : value} created:>=2026-11-27`,
  }))
}

export const sampleDurations: AnalyticsDurations = {
  count: 8_214,
  average: 19_400,
  p50: 5_460,
  p90: 50_100,
  p99: 590_000,
  histogram: [60, 300, 900, 1800, 3600, 7200, 14_400, 28_800, 86_400, 259_200, 604_800].map(
    (upTo, index) => ({
      up_to: upTo,
      count: [90, 310, 620, 940, 1402, 1610, 1320, 980, 610, 240, 92][index] ?? 0,
    }),
  ),
}

export function sampleAlert(changes: Partial<AlertOnWire> = {}): AlertOnWire {
  return {
    id: 'alr_a',
    detector: 'impossible-travel',
    title: 'Impossible travel',
    attack: ['T1078'],
    severity: 'high',
    user_id: 'usr_1',
    user_label: 'user@example.com',
    session_id: 'ses_a',
    session_active: true,
    device_id: null,
    reason: 'Oslo to Singapore, 10,040 km in 42 minutes.',
    evidence: {},
    first_at: '2026-11-28T12:00:00.000Z',
    last_at: '2026-11-28T12:10:00.000Z',
    count: 1,
    state: 'open',
    assignee: null,
    assignee_label: null,
    answer: null,
    answered_at: null,
    response: null,
    responded_at: null,
    notes: [],
    version: 1,
    ...changes,
  }
}

const sampleSums: Pick<OverviewResponse, 'last_24_hours' | 'before'> = {
  last_24_hours: {
    created: 3_212,
    ended: 3_050,
    ended_by_reason: {
      logout: 1_820,
      'idle-timeout': 904,
      expired: 210,
      revoked: 96,
      replaced: 20,
      'token-reuse': 0,
    },
    verified: 1_284_020,
    refused: 9_311,
  },
  before: { created: 2_870, ended: 3_050, ended_by_reason: {}, verified: 1_190_400, refused: 8_900 },
}

function sampleHours(): OverviewResponse['hours'] {
  const first = Date.parse('2026-11-26T13:00:00.000Z')
  return Array.from({ length: 48 }, (_, index) => {
    const wave = Math.max(0, Math.sin(((index - 6) / 24) * 2 * Math.PI))
    return {
      start: new Date(first + index * 3_600_000).toISOString(),
      created: Math.round(40 + 180 * wave),
      ended: Math.round(55 + 130 * Math.max(0, Math.sin(((index - 9) / 24) * 2 * Math.PI))),
      verified: Math.round(20_000 + 60_000 * wave),
      refused: 380,
      distinct_users: 120,
      distinct_devices: 150,
    }
  })
}

function sampleOpenAlerts(): OverviewResponse['open_alerts'] {
  return {
    total: 14,
    by_severity: { critical: 1, high: 3, medium: 6, low: 4 },
    newest: [
      sampleAlert(),
      sampleAlert({
        id: 'alr_b',
        title: 'Token reuse',
        severity: 'critical',
        reason: 'A token was used by two clients 3 minutes apart.',
        user_id: 'usr_2',
        user_label: 'other@example.com',
      }),
      sampleAlert({
        id: 'alr_c',
        title: 'New country',
        severity: 'medium',
        reason: 'First sign-in from Brazil.',
      }),
    ],
  }
}

const sampleBrowsers = sampleShares(
  {
    Chrome: 1_402,
    'Mobile Safari': 610,
    Edge: 480,
    Firefox: 390,
    Safari: 180,
    Opera: 61,
    'Samsung Internet': 49,
    other: 40,
  },
  'browser',
)

/** A day of a middling installation. */
export function sampleOverview(changes: Partial<OverviewResponse> = {}): OverviewResponse {
  return {
    at: sampleAt,
    active_sessions: 12_408,
    ...sampleSums,
    hours: sampleHours(),
    countries: sampleShares(
      {
        NO: 1_204,
        DE: 512,
        US: 431,
        SE: 300,
        GB: 221,
        IN: 120,
        BR: 88,
        JP: 74,
        SG: 20,
        AU: 9,
        ZA: 4,
        unknown: 229,
      },
      'country',
    ),
    device_types: sampleShares({ desktop: 1_804, mobile: 1_190, tablet: 160, unknown: 58 }, 'type'),
    browsers: sampleBrowsers,
    operating_systems: sampleShares({ Windows: 1_320, iOS: 640, Android: 590, macOS: 402, Linux: 260 }, 'os'),
    durations: sampleDurations,
    open_alerts: sampleOpenAlerts(),
    events_behind: 0,
    ...changes,
  }
}
