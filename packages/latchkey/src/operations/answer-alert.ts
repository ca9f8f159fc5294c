import type { EndingReceipt } from '../cache/confirmations.ts'
import { LatchkeyError } from '../foundation/errors.ts'
import { after, milliseconds } from '../foundation/time.ts'
import { type Alert, type AlertAnswer, type AlertId, alertAnswers } from '../model/alert.ts'
import { alertEvent } from '../model/alert-event.ts'
import { isAlertId } from '../model/alert-id.ts'
import type { ChangeOrigin, Session, SessionRef } from '../model/session.ts'
import { nextVersion } from '../model/user-history.ts'
import { mayConfirm } from '../rules/alert-confirmation.ts'
import { answeredAlert } from '../rules/answered-alert.ts'
import { answeredSessions, confirmedHistory, disownedHistory } from '../rules/answered-history.ts'
import type { ChangeOptions } from './change-options.ts'
import { originOf } from './change-origin.ts'
import { checkOneOf, checkUserId } from './check-argument.ts'
import { end } from './invalidate-sessions.ts'
import { listSessions } from './list-sessions.ts'
import type { Wiring } from './wiring.ts'

/** Who answers, and from where. */
export interface AnswerOptions extends ChangeOptions {
  /** Only when the alert is this user's; default: whoever's it is. */
  readonly ofUser?: string
  /** The session in which it is said; default: in none, such as by a link in a mail. */
  readonly inSession?: Pick<Session, 'id' | 'createdAt'>
  /** The alert's `count` as it was shown; default: as it is. */
  readonly seenCount?: number
  /** Handed the proof that the ending is final on every node, before the call resolves. */
  readonly onReceipt?: (receipt: EndingReceipt) => void
}

/**
 * What became of an answer. `stands`: its user has said `not-me` before, which nobody takes back. `not-from-here`: `me` in a
 * session that the alert is about or that began after it proves nothing. `grown`: it has findings that were not shown, which `me`
 * says nothing of.
 */
export type AnswerOutcome =
  | { readonly kind: 'answered'; readonly alert: Alert; readonly ended: number }
  | { readonly kind: 'stands'; readonly alert: Alert }
  | { readonly kind: 'not-from-here'; readonly alert: Alert }
  | { readonly kind: 'grown'; readonly alert: Alert }
  | { readonly kind: 'unknown' }

/** As of a change that loses a race. */
const mostAttempts = 8

/** At once; more sessions of one user in the time of one alert are no user's. */
const mostConcerned = 999

/** Sessions end before anything is written of it: an answer that breaks off is given again, and loses nothing. */
export async function answerAlert(
  wiring: Wiring,
  id: string,
  answer: AlertAnswer,
  options: AnswerOptions = {},
): Promise<AnswerOutcome> {
  const origin = originOf(wiring, options)
  checkOneOf('answer', answer, alertAnswers)
  const ofUser = options.ofUser === undefined ? null : checkUserId('ofUser', options.ofUser)
  const found = isAlertId(id) ? await wiring.storage.alerts.find(id) : null
  if (found === null || (ofUser !== null && found.userId !== ofUser)) return { kind: 'unknown' }
  const { inSession, seenCount = found.count } = options
  if (answer === 'me') {
    if (found.answer === 'not-me') return { kind: 'stands', alert: found }
    if (inSession && !mayConfirm(found, inSession)) return { kind: 'not-from-here', alert: found }
    if (found.count > seenCount) return { kind: 'grown', alert: found }
  }
  const isMe = answer === 'me'
  const concerned = await sessionsConcerned(wiring, found, inSession)
  const ended = isMe ? 0 : await endSessions(wiring, concerned, origin, options)
  const said = { answer, said_in: inSession?.id ?? null, seenCount }
  const answered = await writeAnswer(wiring, found.id, said, origin)
  if (answered === null) return { kind: 'unknown' }
  if (answered.answer === 'not-me' && isMe) return { kind: 'stands', alert: answered }
  if (answered.answer !== answer) return { kind: 'grown', alert: answered }
  await teachHistory(wiring, answered, isMe ? concerned.slice(0, 1) : concerned)
  return { kind: 'answered', alert: answered, ended }
}

interface Said {
  readonly answer: AlertAnswer
  readonly said_in: string | null
  readonly seenCount: number
}

async function endSessions(
  wiring: Wiring,
  sessions: readonly SessionRef[],
  origin: ChangeOrigin,
  { onReceipt }: AnswerOptions,
): Promise<number> {
  if (sessions.length === 0) return 0
  const ending = { ...origin, reason: 'revoked' } as const
  return end(wiring, { kind: 'sessions', sessions }, ending, onReceipt ? { onReceipt } : {})
}

/**
 * Those that an alert may be about: the one of its newest finding, and where it has several findings whatever began from the
 * first to the last, since alerts name one session only. Somebody who did not sign in there has nothing to lose by one too
 * many; by one too few they have. Not the one in which it is said.
 */
async function sessionsConcerned(
  wiring: Wiring,
  { sessionId, userId, firstAt, lastAt }: Alert,
  inSession: AnswerOptions['inSession'],
): Promise<readonly SessionRef[]> {
  if (sessionId === null || userId === null) return []
  const created = { from: firstAt, until: after(lastAt, milliseconds(1)) }
  // Those that are over, too: an answer that broke off, or an intruder, may have ended one of which something is known.
  const conditions = { userId, created } as const
  const { items } = await listSessions(wiring, conditions, { cursor: null, limit: mostConcerned })
  const others = items.filter(({ id }) => id !== sessionId && id !== inSession?.id)
  return [{ id: sessionId, userId }, ...others.map(({ id }) => ({ id, userId }))]
}

/** As it is then: with another answer where it has `not-me`, or where `me` was said of fewer findings. Null where it is gone. */
async function writeAnswer(
  { storage }: Wiring,
  id: AlertId,
  { seenCount, ...said }: Said,
  origin: ChangeOrigin,
): Promise<Alert | null> {
  const { answer } = said
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const found = await storage.alerts.find(id)
    if (found === null || found.answer === answer || found.answer === 'not-me') return found
    if (answer === 'me' && found.count > seenCount) return found
    const next = answeredAlert(found, answer, origin.at)
    const before = { state: found.state, severity: found.severity, answer: found.answer }
    const event = alertEvent('alert.answered', next, origin, { before, after: said })
    if (await storage.alerts.replace(next, [event])) return next
  }
  throw new LatchkeyError('storage-busy', 'the alert is being changed by too many at once')
}

/** Detectors may go over the user at this very moment: then it is told to the history that they have written. */
async function teachHistory(
  { storage }: Wiring,
  alert: Alert,
  concerned: readonly SessionRef[],
): Promise<void> {
  const { userId, answer } = alert
  if (userId === null) return
  const found = await Promise.all(concerned.map(({ id }) => storage.sessions.find(id)))
  const sessions = found.filter((session) => session !== null).filter((session) => session.userId === userId)
  if (sessions.length === 0) return
  const teach = answer === 'me' ? confirmedHistory : disownedHistory
  const answered = sessions.flatMap((session) => answeredSessions(alert, session))
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const [history] = await storage.alerts.histories([userId])
    if (history === undefined) return
    if (await storage.alerts.replaceHistory(nextVersion(answered.reduce(teach, history)))) return
  }
  throw new LatchkeyError('storage-busy', 'what is known of the user is being changed by too many at once')
}
