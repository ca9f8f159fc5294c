import type { Finding } from '../model/finding.ts'
import type { Observation } from '../model/observation.ts'
import type { SessionEvent } from '../model/session-event.ts'
import { noHistory, type UserHistory } from '../model/user-history.ts'
import type { Detector } from '../ports/detector.ts'
import { observationOfEvent } from '../rules/observation-of-event.ts'
import type { FoundRisk } from '../rules/risk-response.ts'
import { historyAfter } from '../rules/user-history.ts'

/** Told of a detector that threw, which none should. */
export type OnFault = (error: unknown, task: string) => void

/** A source is nobody. */
const nobody = noHistory('')

/**
 * Has the detectors look at the events in their order, each with what was known before it, and has the histories learn from
 * them. Users who are not in `histories` begin there.
 */
export function examineEvents(
  events: readonly SessionEvent[],
  detectors: readonly Detector[],
  histories: Map<string, UserHistory>,
  onFault: OnFault,
): readonly FoundRisk[] {
  return events.flatMap((event) => {
    const observation = observationOfEvent(event)
    if (observation === null) return []
    const { userId } = observation
    const history = userId === null ? nobody : (histories.get(userId) ?? noHistory(userId))
    const found = examine(observation, history, detectors, onFault)
    if (userId !== null) histories.set(userId, historyAfter(history, observation))
    return found
  })
}

/** What each detector finds odd. One that throws has found nothing; the others go on. */
function examine(
  observation: Observation,
  history: UserHistory,
  detectors: readonly Detector[],
  onFault: OnFault,
): readonly FoundRisk[] {
  const network = observation.sighting?.place?.network?.asn ?? null
  return detectors.flatMap((detector) => {
    const finding = findingOf(detector, observation, history, onFault)
    return finding === null ? [] : [{ finding, severity: detector.severity, network }]
  })
}

function findingOf(
  detector: Detector,
  observation: Observation,
  history: UserHistory,
  onFault: OnFault,
): Finding | null {
  if (!detector.observes.includes(observation.kind)) return null
  try {
    const found = detector.examine(observation, history)
    if (found === null || found === 'learning') return null
    const { at, userId, sessionId, deviceId } = observation
    const { subject, reason, evidence, severity = detector.severity } = found
    return { detector: detector.name, severity, at, userId, sessionId, deviceId, subject, reason, evidence }
  } catch (error) {
    onFault(error, `detector ${detector.name}`)
    return null
  }
}

/** Whom the events are about, as far as there is something to notice. */
export function observedUsers(events: readonly SessionEvent[]): readonly string[] {
  const users = events.map((event) => observationOfEvent(event)?.userId ?? null)
  return [...new Set(users)].filter((userId) => userId !== null)
}
