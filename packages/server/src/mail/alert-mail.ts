import { type Alert, deviceInWords, type Instant, type Session, toIso } from 'latchkey'
import { type MailFact, mailOf } from './mail-text.ts'
import type { Mail } from './smtp-mailer.ts'

/** What its user is told of an alert. */
export interface AlertMailFacts {
  readonly alert: Alert
  /** Null where nothing is on record of it any more. */
  readonly session: Session | null
  /** By which it is answered; null: there is none. */
  readonly answerUrl: string | null
}

/** Those that are about a sign-in and nothing else. */
const ofSignIns: ReadonlySet<string> = new Set([
  'new-device',
  'new-country',
  'new-network',
  'dormant-account',
  'odd-hour',
])

/** The mail to the user of an alert, without whom it goes to. The subject says nothing of place or device: it is read over shoulders. */
export function alertMail({ alert, session, answerUrl }: AlertMailFacts): Omit<Mail, 'to'> {
  return mailOf({
    subject: subjectOf(alert),
    opening: openingOf(alert),
    facts: factsOf(alert, session),
    link: answerUrl === null ? null : { words: 'Say whether this was you', url: answerUrl },
    closing: [
      ...(answerUrl === null
        ? []
        : ['The link is good for 7 days. It opens a page that asks you; opening it changes nothing.']),
      'If this was not you, change your password, too. No mail like this ever asks for it.',
    ],
  })
}

function subjectOf({ detector, response }: Alert): string {
  if (response === 'end-session') return 'A session of your account was ended'
  return ofSignIns.has(detector) ? 'A new sign-in to your account' : 'Unusual activity in your account'
}

function openingOf({ detector, response }: Alert): string {
  const what = ofSignIns.has(detector)
    ? 'Somebody signed in to your account. Was this you?'
    : 'Something unusual was noticed in your account. Was this you?'
  if (response === 'end-session') return `${what} To be safe, the session was ended.`
  if (response !== 'require-reauthentication') return what
  return `${what} To be safe, that session has to prove again who it belongs to before anything important.`
}

function factsOf({ reason, lastAt }: Alert, session: Session | null): MailFact[] {
  const device = session === null ? null : deviceInWords(session.deviceInfo)
  const place = session?.deviceInfo.location ?? null
  return [
    { name: 'What was noticed', value: reason },
    { name: 'Device', value: device ?? 'unknown' },
    { name: 'Place', value: place === null ? 'unknown' : `${place} (as far as the network tells)` },
    { name: 'Time', value: timeInWords(lastAt) },
  ]
}

/** `2026-11-29 00:05 UTC`: the same wherever it is read. */
export function timeInWords(instant: Instant): string {
  return `${toIso(instant).slice(0, 16).replace('T', ' ')} UTC`
}
