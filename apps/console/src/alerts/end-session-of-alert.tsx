import type { AlertOnWire } from 'latchkey/client'
import { endSession } from '../api/administration.ts'
import { ApiError } from '../api/api-error.ts'
import { announce } from '../primitives/announcer.tsx'
import type { Confirmation } from '../primitives/confirm-dialog.tsx'
import { aboutWhom } from './alert-words.ts'

export function endSessionOfAlert(alert: AlertOnWire, changed: () => Promise<void>): Confirmation {
  return {
    title: 'End the session of this alert?',
    consequence: (
      <p>
        The session of <strong className="font-medium text-ink">{aboutWhom(alert)}</strong> that it is about
        ends at once, on every node. Other sessions of the user go on; the alert stays as it is.
      </p>
    ),
    action: 'End session',
    busy: 'Ending…',
    confirm: async () => {
      // One that has ended meanwhile is as it was wanted.
      await endSession(alert.session_id ?? '').catch((error: unknown) => {
        if (!(error instanceof ApiError && error.status === 404)) throw error
      })
      await changed()
      announce(`Ended the session of ${aboutWhom(alert)}.`)
    },
  }
}
