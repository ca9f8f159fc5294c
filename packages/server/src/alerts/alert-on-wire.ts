import { type Alert, type Mute, type Sessions, toIso } from 'latchkey'
import type { AlertOnWire, MuteOnWire } from 'latchkey/http'
import type { Accounts } from '../accounts/accounts.ts'
import { accountIdOf, emailsOfAll } from '../audit/labels.ts'

/** What alerts are shown with. */
export interface AlertViewer {
  readonly sessions: Pick<Sessions, 'detectors' | 'getSession'>
  readonly accounts: Pick<Accounts, 'emailsOf'>
}

type EmailOf = (id: string | null) => string | null
type Described = Pick<AlertOnWire, 'title' | 'attack'>

/** As administrators see them, with the e-mail addresses of those who have accounts here. */
export async function alertsOnWire(
  { sessions, accounts }: AlertViewer,
  alerts: readonly Alert[],
): Promise<AlertOnWire[]> {
  const ids = alerts.flatMap(({ userId, assignee, notes }) => [
    userId,
    assignee,
    ...notes.map(({ by }) => accountIdOf(by)),
  ])
  const [emailOf, detectors] = await Promise.all([emailsOfAll(accounts, ids), sessions.detectors()])
  const described = new Map<string, Described>(
    detectors.map(({ name, title, attack }) => [name, { title, attack: [...attack] }]),
  )
  return Promise.all(
    alerts.map(async (alert) => ({
      ...alertOnWire(alert, described.get(alert.detector) ?? { title: alert.detector, attack: [] }, emailOf),
      session_active: await isActive(sessions, alert),
    })),
  )
}

async function isActive(
  sessions: Pick<Sessions, 'getSession'>,
  { sessionId }: Alert,
): Promise<boolean | null> {
  const session = sessionId === null ? null : await sessions.getSession(sessionId)
  return session?.isActive ?? null
}

function alertOnWire(
  alert: Alert,
  described: Described,
  emailOf: EmailOf,
): Omit<AlertOnWire, 'session_active'> {
  return {
    id: alert.id,
    detector: alert.detector,
    ...described,
    severity: alert.severity,
    user_id: alert.userId,
    user_label: emailOf(alert.userId),
    session_id: alert.sessionId,
    device_id: alert.deviceId,
    reason: alert.reason,
    evidence: alert.evidence,
    first_at: toIso(alert.firstAt),
    last_at: toIso(alert.lastAt),
    count: alert.count,
    state: alert.state,
    assignee: alert.assignee,
    assignee_label: emailOf(alert.assignee),
    answer: alert.answer,
    answered_at: alert.answeredAt === null ? null : toIso(alert.answeredAt),
    response: alert.response,
    responded_at: alert.respondedAt === null ? null : toIso(alert.respondedAt),
    notes: alert.notes.map(({ at, by, text }) => ({
      at: toIso(at),
      by,
      by_label: emailOf(accountIdOf(by)),
      text,
    })),
    version: alert.version,
  }
}

/** As `alertsOnWire`, of mutes. */
export async function mutesOnWire(
  accounts: Pick<Accounts, 'emailsOf'>,
  mutes: readonly Mute[],
): Promise<MuteOnWire[]> {
  const ids = mutes.flatMap(({ userId, by }) => [userId, accountIdOf(by)])
  const emailOf = await emailsOfAll(accounts, ids)
  return mutes.map(({ id, detector, userId, deviceId, network, until, note, by, at }) => ({
    id,
    detector,
    user_id: userId,
    user_label: emailOf(userId),
    device_id: deviceId,
    network,
    until: until === null ? null : toIso(until),
    note,
    by,
    by_label: emailOf(accountIdOf(by)),
    at: toIso(at),
  }))
}
