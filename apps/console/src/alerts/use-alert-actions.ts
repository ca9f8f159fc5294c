import type { AlertOnWire, AlertStateOnWire } from 'latchkey/client'
import { useState } from 'react'
import { type AlertChange, changeAlert } from '../api/alerts.ts'
import { ApiError } from '../api/api-error.ts'
import { counted } from '../numbers/number-text.ts'
import { announce } from '../primitives/announcer.tsx'
import { failureText } from '../reauthentication/failure-text.ts'
import { aboutWhom, stateName } from './alert-words.ts'
import { useAlertsChanged } from './use-alerts.ts'

export interface AlertActions {
  /** Ids of those that are being changed. */
  readonly busy: ReadonlySet<string>
  /** Why the last change did not work; null where it did. */
  readonly failure: string | null
  /** True where it worked. */
  readonly change: (alert: AlertOnWire, change: AlertChange) => Promise<boolean>
  readonly setState: (alert: AlertOnWire, state: AlertStateOnWire) => Promise<boolean>
  /** One after the other; says how many worked. */
  readonly setStates: (alerts: readonly AlertOnWire[], state: AlertStateOnWire) => Promise<void>
}

const nothing: ReadonlySet<string> = new Set()

/** What is made of alerts. What somebody else has changed meanwhile is left as it is, and shown anew. */
export function useAlertActions(): AlertActions {
  const [busy, setBusy] = useState(nothing)
  const [failure, setFailure] = useState<string | null>(null)
  const changed = useAlertsChanged()

  async function change(alert: AlertOnWire, next: AlertChange): Promise<boolean> {
    setBusy(new Set([alert.id]))
    setFailure(null)
    try {
      await changed(await changeAlert(alert.id, next, alert.version))
      return true
    } catch (error) {
      setFailure(whyNot(error))
      await changed()
      return false
    } finally {
      setBusy(nothing)
    }
  }

  async function setState(alert: AlertOnWire, state: AlertStateOnWire): Promise<boolean> {
    const worked = await change(alert, { state })
    if (worked) announce(`${alert.title}, ${aboutWhom(alert)}: ${stateName(state).toLowerCase()}.`)
    return worked
  }

  async function setStates(alerts: readonly AlertOnWire[], state: AlertStateOnWire): Promise<void> {
    setBusy(new Set(alerts.map(({ id }) => id)))
    setFailure(null)
    const { done, fault } = await changeEach(alerts, state)
    await changed()
    setBusy(nothing)
    if (fault !== null) setFailure(`${counted(done, 'alert')} of ${alerts.length} changed. ${whyNot(fault)}`)
    announce(`${counted(done, 'alert')}: ${stateName(state).toLowerCase()}.`)
  }

  return { busy, failure, change, setState, setStates }
}

/** One after the other. Null: nothing went wrong. */
async function changeEach(
  alerts: readonly AlertOnWire[],
  state: AlertStateOnWire,
): Promise<{ done: number; fault: unknown }> {
  let done = 0
  let fault: unknown = null
  for (const { id, version } of alerts) {
    try {
      await changeAlert(id, { state }, version)
      done += 1
    } catch (error) {
      fault = error
      // Whatever kept this one would keep the others, too, unless it was about this one alone.
      if (conflictText(error) === null) break
    }
  }
  return { done, fault }
}

function whyNot(error: unknown): string {
  return conflictText(error) ?? failureText(error)
}

function conflictText(error: unknown): string | null {
  return error instanceof ApiError && error.status === 409
    ? 'Somebody else changed it a moment ago. It is shown as it is now; look again.'
    : null
}
