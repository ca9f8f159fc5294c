import { before, days, type Instant, type Sessions } from 'latchkey'
import type { DetectorOnWire } from 'latchkey/http'

type Detectors = Pick<Sessions, 'detectors' | 'countAlerts'>

/** What their alerts of the last 30 days say of them: whoever sets one to enforce wants to know. */
export async function detectorsOnWire(sessions: Detectors, now: Instant): Promise<DetectorOnWire[]> {
  const detectors = await sessions.detectors()
  const from = before(now, days(30))
  return Promise.all(
    detectors.map(async ({ name, title, definition, attack, severity, mode, response }) => {
      const ofDetector = { detectors: [name], from }
      const [alerts, falseAlarms] = await Promise.all([
        sessions.countAlerts(ofDetector),
        sessions.countAlerts({ ...ofDetector, states: ['false-alarm'] }),
      ])
      return {
        name,
        title,
        definition,
        attack: [...attack],
        severity,
        mode,
        response,
        last_30_days: { alerts, false_alarms: falseAlarms },
      }
    }),
  )
}
