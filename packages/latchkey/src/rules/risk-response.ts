import type { Instant } from '../foundation/time.ts'
import type { Alert, AlertId, DetectorSetting, Mute, Response } from '../model/alert.ts'
import { responses } from '../model/alert.ts'
import { type Finding, type Severity, severities } from '../model/finding.ts'

/** A finding with what decides about it. */
export interface FoundRisk {
  readonly finding: Finding
  /** That of the detector itself. */
  readonly severity: Severity
  /** Number of the autonomous system that it was observed in; null where it is unknown. */
  readonly network: number | null
}

/** How a detector is set that nobody has set. */
export function settingOf(detector: string, settings: readonly DetectorSetting[]): DetectorSetting {
  const set = settings.find((setting) => setting.detector === detector)
  return set ?? { detector, mode: 'observe', response: 'notify' }
}

/** What is to happen by itself; null: nothing. What is milder than its detector has it is noted, and no more. */
export function responseTo({ finding, severity }: FoundRisk, setting: DetectorSetting): Response | null {
  if (setting.mode !== 'enforce') return null
  return rank(severities, finding.severity) >= rank(severities, severity) ? setting.response : null
}

/**
 * What of it is still to happen; null: nothing. Who has closed an alert has answered it, and who turns a detector down stops
 * what it has under way.
 */
export function responseOwed(alert: Alert, settings: readonly DetectorSetting[]): Response | null {
  const { mode, response } = settingOf(alert.detector, settings)
  if (alert.response === null || mode !== 'enforce' || !isUnresolved(alert)) return null
  return rank(responses, response) < rank(responses, alert.response) ? response : alert.response
}

/** Whether nobody wants to hear of it. */
export function isMuted({ finding, network }: FoundRisk, mutes: readonly Mute[]): boolean {
  return mutes.some(
    (mute) =>
      (mute.until === null || finding.at < mute.until) &&
      holds(mute.detector, finding.detector) &&
      holds(mute.userId, finding.userId) &&
      holds(mute.deviceId, finding.deviceId) &&
      holds(mute.network, network),
  )
}

function holds<Value>(condition: Value | null, value: Value | null): boolean {
  return condition === null || condition === value
}

/** Findings of the same are one alert while it is not resolved. */
export function isSameMatter(
  a: Pick<Finding, 'detector' | 'userId' | 'subject'>,
  b: Pick<Finding, 'detector' | 'userId' | 'subject'>,
): boolean {
  return a.detector === b.detector && a.userId === b.userId && a.subject === b.subject
}

/**
 * Whether the finding goes into that alert: it is not resolved, and has nothing left to do for another session, which would be
 * forgotten over this one.
 */
export function takesIn(alert: Alert, finding: Finding): boolean {
  const isOwed = alert.response !== null && alert.respondedAt === null
  return (
    isUnresolved(alert) && isSameMatter(alert, finding) && (!isOwed || alert.sessionId === finding.sessionId)
  )
}

function isUnresolved({ state }: Alert): boolean {
  return state === 'open' || state === 'acknowledged'
}

/** The alert that a finding opens. */
export function openedAlert(id: AlertId, finding: Finding, response: Response | null): Alert {
  const { detector, severity, userId, sessionId, deviceId, subject, reason, evidence, at } = finding
  return {
    ...{ id, detector, severity, userId, sessionId, deviceId, subject, reason, evidence },
    firstAt: at,
    lastAt: at,
    count: 1,
    state: 'open',
    assignee: null,
    answer: null,
    answeredAt: null,
    response,
    respondedAt: null,
    notes: [],
    version: 1,
  }
}

/** The alert with one more finding; its version is left to whoever stores it. */
export function grownAlert(alert: Alert, finding: Finding, response: Response | null): Alert {
  const owed = response === null ? {} : owedBy(alert, finding, response)
  // What happens, happens to the session that the alert is about: to that of the finding that asks for it, though it came late.
  const isAbout = finding.at >= alert.lastAt || 'respondedAt' in owed
  return {
    ...alert,
    ...(isAbout && aboutOf(finding)),
    lastAt: later(alert.lastAt, finding.at),
    severity: higherSeverity(alert.severity, finding.severity),
    firstAt: earlier(alert.firstAt, finding.at),
    count: alert.count + 1,
    ...owed,
  }
}

/** What is still to happen happens, and the stricter of two; what has happened to this session need not happen again, unless it is graver now. */
function owedBy(alert: Alert, { sessionId, severity }: Finding, response: Response): Partial<Alert> {
  const { response: before, respondedAt } = alert
  const isStricter = before === null || rank(responses, response) > rank(responses, before)
  if (isStricter) return { response, respondedAt: null }
  if (rank(severities, severity) > rank(severities, alert.severity))
    return { response: before, respondedAt: null }
  return respondedAt === null || alert.sessionId === sessionId ? {} : { response, respondedAt: null }
}

function aboutOf({ sessionId, deviceId, reason, evidence }: Finding): Partial<Alert> {
  return { sessionId, deviceId, reason, evidence }
}

export function higherSeverity(a: Severity, b: Severity): Severity {
  return rank(severities, a) >= rank(severities, b) ? a : b
}

function rank<Level>(order: readonly Level[], level: Level): number {
  return order.indexOf(level)
}

function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b
}

function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b
}
