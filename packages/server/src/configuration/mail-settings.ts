import { ConfigurationError } from './configuration-error.ts'
import { readMailSender, readSmtpUrl } from './mail-formats.ts'
import type { MailSettings } from './settings.ts'
import type { CheckedSettings } from './settings-schema.ts'

type Given = Pick<CheckedSettings, 'smtpUrl' | 'mailFrom' | 'alertMailTo'>

/** Null where no mail is sent. Throws `ConfigurationError` where one half of what is needed is missing. */
export function readMailSettings({ smtpUrl, mailFrom, alertMailTo }: Given): MailSettings | null {
  const server = smtpUrl === undefined ? null : readSmtpUrl(smtpUrl)
  const from = mailFrom === undefined ? null : readMailSender(mailFrom)
  if (server !== null && from !== null) {
    return Object.freeze({ server, from, alertsTo: Object.freeze(alertMailTo) })
  }
  if (server !== null || from !== null) {
    throw new ConfigurationError(
      'LATCHKEY_SMTP_URL and LATCHKEY_MAIL_FROM only work together; one of them is not set.',
    )
  }
  if (alertMailTo.length === 0) return null
  throw new ConfigurationError('LATCHKEY_ALERT_MAIL_TO needs LATCHKEY_SMTP_URL and LATCHKEY_MAIL_FROM.')
}
