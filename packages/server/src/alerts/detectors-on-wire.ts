import { before, days, type Instant, type Sessions } from 'latchkey'
import type { DetectorOnWire } from 'latchkey/http'
import { sumOf } from './sum-of.ts'

type Detectors = Pick<Sessions, 'detectors' | 'tallyAlerts'>

/** What their alerts of the last 30 days say of them: whoever sets one to enforce wants to know. */
export async function detectorsOnWire(sessions: Detectors, now: Instant): Promise<DetectorOnWire[]> {
  const from = before(now, days(30))
  const [detectors, tallies] = await Promise.all([sessions.detectors(), sessions.tallyAlerts({ from })])
  return detectors.map(({ name, title, definition, attack, severity, mode, response }) => {
    const own = tallies.filter(({ detector }) => detector === name)
    const falseAlarms = own.filter(({ state }) => state === 'false-alarm')
    return {
      name,
      title,
      definition,
      attack: [...attack],
      severity,
      mode,
      response,
      last_30_days: { alerts: sumOf(own), false_alarms: sumOf(falseAlarms) },
    }
  })
}
