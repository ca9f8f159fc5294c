import type { Alert } from 'latchkey'
import { timeInWords } from './alert-mail.ts'
import { mailOf } from './mail-text.ts'
import type { Mail } from './smtp-mailer.ts'

/** What those are told who look after alerts: that there is one, and where it stands; of whom it is, they see there. */
export function noticeMail(
  alert: Alert,
  { title, publicUrl }: { readonly title: string; readonly publicUrl: string },
): Omit<Mail, 'to'> {
  const answer = alert.answer === 'not-me' ? ['Its user says that it was not them.'] : []
  return mailOf({
    subject: `Latchkey alert (${alert.severity}): ${title}`,
    opening: ['An alert is open.', ...answer].join(' '),
    facts: [
      { name: 'What was noticed', value: alert.reason },
      { name: 'Severity', value: alert.severity },
      { name: 'Time', value: timeInWords(alert.lastAt) },
      ...(alert.response === null ? [] : [{ name: 'Response', value: alert.response }]),
    ],
    link: { words: 'Look at it', url: `${publicUrl}/admin/alerts?alert=${alert.id}` },
    closing: ['You get this since your address is in LATCHKEY_ALERT_MAIL_TO.'],
  })
}
