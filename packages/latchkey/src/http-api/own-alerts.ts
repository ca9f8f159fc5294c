import { toIso } from '../foundation/time.ts'
import type { Alert } from '../model/alert.ts'
import type { Session } from '../model/session.ts'
import { deviceInWords, mayConfirm } from '../operations/alert-words.ts'
import type { Sessions } from '../operations/sessions.ts'
import type { AlertQuestionResponse, OwnAlert } from './alert-wire-types.ts'

const mostShown = 50
/** Read for them: some are not shown. */
const mostRead = 200

type AlertReader = Pick<Sessions, 'listAlerts' | 'getSession' | 'detectors'>

/**
 * A user's newest alerts that are about a session of theirs: what is about a device of many, or a source, is for
 * administrators. Those of severity `info` only where somebody was told of them. `current`: the session that asks; null: in none.
 */
export async function ownAlerts(
  sessions: AlertReader,
  userId: string,
  current: Session | null,
): Promise<OwnAlert[]> {
  const { items } = await sessions.listAlerts({ userId }, { cursor: null, limit: mostRead })
  const shown = items.filter(isShown).slice(0, mostShown)
  const titles = await titlesOf(sessions)
  return Promise.all(shown.map(async (alert) => toOwnAlert(sessions, alert, current, titles)))
}

function isShown({ sessionId, severity, response }: Alert): boolean {
  return sessionId !== null && (severity !== 'info' || response !== null)
}

/** What the link in a mail is about. */
export async function alertQuestion(sessions: AlertReader, alert: Alert): Promise<AlertQuestionResponse> {
  const titles = await titlesOf(sessions)
  const { title, reason, at, count, device, location, answer } = await toOwnAlert(
    sessions,
    alert,
    null,
    titles,
  )
  return { title, reason, at, count, device, location, answer }
}

/** Titles by name. */
async function titlesOf({ detectors }: Pick<Sessions, 'detectors'>): Promise<ReadonlyMap<string, string>> {
  return new Map((await detectors()).map(({ name, title }) => [name, title]))
}

async function toOwnAlert(
  { getSession }: Pick<Sessions, 'getSession'>,
  alert: Alert,
  current: Session | null,
  titles: ReadonlyMap<string, string>,
): Promise<OwnAlert> {
  const { id, detector, severity, reason, lastAt, count, sessionId, answer } = alert
  const session = sessionId === null ? null : await getSession(sessionId)
  return {
    id,
    title: titles.get(detector) ?? detector,
    severity,
    reason,
    at: toIso(lastAt),
    count,
    session_id: sessionId,
    session_active: session?.isActive ?? null,
    device: session === null ? null : deviceInWords(session.deviceInfo),
    location: session?.deviceInfo.location ?? null,
    answer,
    may_confirm: answer === null && (current === null || mayConfirm(alert, current)),
  }
}
