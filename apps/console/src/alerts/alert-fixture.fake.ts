import type { AlertOnWire } from 'latchkey/client'

/** An open alert of an invented user. */
export function sampleAlert(more: Partial<AlertOnWire> = {}): AlertOnWire {
  return {
    id: 'alr_q2r6txm3c5k4vwz7hy2ejb6nxa',
    detector: 'impossible-travel',
    title: 'Impossible travel',
    attack: ['T1078'],
    severity: 'high',
    user_id: 'usr_1',
    user_label: 'ada@example.com',
    session_id: 'ses_aa1',
    session_active: true,
    device_id: 'dev_1',
    reason: 'Oslo to Singapore, 10,040 km in 42 minutes.',
    evidence: {
      from: { country: 'NO', city: 'Oslo', accuracy_km: 20 },
      to: { country: 'SG', city: 'Singapore', accuracy_km: 20 },
      distance_km: 10_040,
      seconds: 2520,
    },
    first_at: '2026-11-28T10:00:00.000Z',
    last_at: '2026-11-28T10:42:00.000Z',
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
    ...more,
  }
}
