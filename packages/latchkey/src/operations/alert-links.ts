import { after, type Duration, days } from '../foundation/time.ts'
import type { Alert } from '../model/alert.ts'
import { formatAlertToken, isSignedFor, readAlertToken } from '../model/alert-token.ts'
import type { Wiring } from './wiring.ts'

/** Shorter: a mail that is read after a holiday is of no use. Longer: an old mailbox answers for longer. */
const linkLifetime: Duration = days(7)

/** What a link says that somebody followed. */
export type AlertLink =
  | { readonly kind: 'good'; readonly alert: Alert }
  | { readonly kind: 'expired' }
  /** It was not made here, or of the alert nothing is left. */
  | { readonly kind: 'unknown' }

/** Null without the option `secret`, and for an alert that is about nobody. */
export function alertLinkToken({ alertKey, clock }: Wiring, { id, userId }: Alert): string | null {
  if (alertKey === null || userId === null) return null
  return formatAlertToken(alertKey, id, userId, after(clock.now(), linkLifetime))
}

/** That it is over is said of what was really made here only. */
export async function readAlertLink(wiring: Wiring, token: string): Promise<AlertLink> {
  const { alertKey, clock, storage } = wiring
  const claimed = readAlertToken(token)
  if (alertKey === null || claimed === null) return { kind: 'unknown' }
  const alert = await storage.alerts.find(claimed.alertId)
  // Signed for nobody: the same work for an alert that is not there.
  if (!isSignedFor(alertKey, claimed, alert?.userId ?? '') || alert === null) return { kind: 'unknown' }
  return claimed.expiresAt <= clock.now() ? { kind: 'expired' } : { kind: 'good', alert }
}
