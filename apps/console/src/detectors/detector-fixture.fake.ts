import type { DetectorOnWire } from 'latchkey/client'

export function sampleDetector(more: Partial<DetectorOnWire> = {}): DetectorOnWire {
  return {
    name: 'impossible-travel',
    title: 'Impossible travel',
    definition: 'Two places of one user, more than 500 km apart, and reached faster than 900 km/h.',
    attack: ['T1078'],
    severity: 'high',
    mode: 'observe',
    response: 'notify',
    last_30_days: { alerts: 14, false_alarms: 2 },
    ...more,
  }
}
