import { LatchkeyError } from '../foundation/errors.ts'
import { before, type Duration, days } from '../foundation/time.ts'
import type { Alert } from '../model/alert.ts'
import { alertEvent } from '../model/alert-event.ts'
import { newAlertId } from '../model/alert-id.ts'
import { systemActor } from '../model/session.ts'
import type { SessionEvent } from '../model/session-event.ts'
import { nextVersion } from '../model/user-history.ts'
import type { DetectionBatch } from '../ports/alert-store.ts'
import type { FoundRisk } from '../rules/risk-response.ts'
import { isMuted, responseTo, settingOf } from '../rules/risk-response.ts'
import { AlertDrafts } from './alert-drafts.ts'
import { examineEvents, observedUsers } from './examine-events.ts'
import { positionAt } from './position-at.ts'
import type { Wiring } from './wiring.ts'

/** A log of so many events is examined from its beginning when detectors begin. More: they take minutes to come to the present. */
const smallLog = 100_000
/** How much of a larger one they learn from. Less: who signs in once a month is new to them. */
const learnedFrom: Duration = days(35)

/**
 * What is older teaches and alerts nobody: when detectors begin, last month's oddities would fill the inbox. Shorter: a worker
 * that was down over the holidays would keep quiet about them.
 */
const staleAfter: Duration = days(7)

/** Others may resolve an alert, or answer it, or erase a user, while a batch is being made; each time it is made anew. */
const mostAttempts = 8

/**
 * Has the detectors look at the next events, at most as many; returns how many it read, 0 where there are none. What they
 * learned, the alerts and how far they have come are one step of the storage: each event is examined, with that effect, once.
 */
export async function detectInEvents(wiring: Wiring, mostEvents: number): Promise<number> {
  const { detectors, storage, alertBell } = wiring
  if (detectors.length === 0) return 0
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const position = await positionOfDetectors(wiring)
    const events = await storage.events.read(position, mostEvents)
    const last = events.at(-1)
    if (last === undefined) return 0
    const batch = await batchOf(wiring, events, position, last.position)
    if (!(await storage.alerts.apply(batch))) continue
    if (batch.alerts.some(isOwed)) alertBell.ring()
    return events.length
  }
  throw new LatchkeyError('storage-busy', 'alerts are being changed by too many at once')
}

function isOwed({ response, respondedAt }: Alert): boolean {
  return response !== null && respondedAt === null
}

async function positionOfDetectors({ storage, clock }: Wiring): Promise<number> {
  const { alerts, events } = storage
  const position = await alerts.position()
  if (position !== null) return position
  const isSmall = (await events.latest()) <= smallLog
  await alerts.begin(isSmall ? 0 : await positionAt(events, before(clock.now(), learnedFrom)))
  return (await alerts.position()) ?? 0
}

async function batchOf(
  wiring: Wiring,
  events: readonly SessionEvent[],
  after: number,
  upTo: number,
): Promise<DetectionBatch> {
  const { storage, detectors, report } = wiring
  const users = observedUsers(events)
  const known = users.length === 0 ? [] : await storage.alerts.histories(users)
  const histories = new Map(known.map((history) => [history.userId, history]))
  const found = examineEvents(events, detectors, histories, report)
  const alerts = await alertsOf(wiring, found)
  const origin = { by: systemActor, request: null }
  return {
    after,
    upTo,
    examined: events.filter(({ type }) => type !== 'event.erased').map(({ position }) => position),
    histories: [...histories.values()].map(nextVersion),
    alerts: alerts.changed(),
    events: [
      ...alerts.opened().map((alert) => alertEvent('alert.opened', alert, { at: alert.firstAt, ...origin })),
      ...alerts.risen().map(({ alert, from }) => {
        const shown = { before: { severity: from } }
        return alertEvent('alert.changed', alert, { at: alert.lastAt, ...origin }, shown)
      }),
    ],
  }
}

/** What is to be kept of what was found: by how detectors are set, less what is muted or stale. */
async function alertsOf({ storage, clock }: Wiring, found: readonly FoundRisk[]): Promise<AlertDrafts> {
  const stale = before(clock.now(), staleAfter)
  const fresh = found.filter(({ finding }) => finding.at >= stale)
  if (fresh.length === 0) return new AlertDrafts([], newAlertId)
  const [settings, mutes] = [await storage.alerts.settings(), await storage.alerts.mutes()]
  const wanted = fresh.flatMap((risk) => {
    const setting = settingOf(risk.finding.detector, settings)
    if (setting.mode === 'off' || isMuted(risk, mutes)) return []
    return [{ finding: risk.finding, response: responseTo(risk, setting) }]
  })
  if (wanted.length === 0) return new AlertDrafts([], newAlertId)
  const unresolved = await storage.alerts.unresolved(wanted.map(({ finding }) => finding))
  const drafts = new AlertDrafts(unresolved, newAlertId)
  for (const { finding, response } of wanted) drafts.add(finding, response)
  return drafts
}
