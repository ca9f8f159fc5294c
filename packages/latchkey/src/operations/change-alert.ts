import { invalidArgument, LatchkeyError } from '../foundation/errors.ts'
import type { JsonObject } from '../foundation/json.ts'
import { type Alert, type AlertNote, type AlertState, alertStates } from '../model/alert.ts'
import { alertEvent } from '../model/alert-event.ts'
import { isAlertId } from '../model/alert-id.ts'
import type { ChangeOrigin } from '../model/session.ts'
import type { ChangeOptions } from './change-options.ts'
import { originOf } from './change-origin.ts'
import { checkInteger, checkObject, checkOneOf, checkText } from './check-argument.ts'
import type { Wiring } from './wiring.ts'

/** What somebody makes of an alert; what is left out stays as it is. */
export interface AlertChange {
  readonly state?: AlertState
  /** The account that looks after it; null: nobody does. */
  readonly assignee?: string | null
  /** Added to those that there are; 1 to 2,000 characters. */
  readonly note?: string
  /** The version that was looked at; default: whichever there is now. */
  readonly version?: number
}

/** What became of a change. `stale`: somebody else changed it since that version; the alert is as it is now. */
export type AlertChangeOutcome =
  | { readonly kind: 'changed'; readonly alert: Alert }
  | { readonly kind: 'stale'; readonly alert: Alert }
  | { readonly kind: 'unknown' }

/** In characters. */
const longestNote = 2_000
export const longestAssignee = 255
/** Those beyond it are no notes: the alert is read whole each time. */
const mostNotes = 200
/** Of n changes at once one wins each round: more than that many people at one alert do not talk to each other. */
const mostAttempts = 8

export async function changeAlert(
  wiring: Wiring,
  id: string,
  change: AlertChange,
  options: ChangeOptions = {},
): Promise<AlertChangeOutcome> {
  const origin = originOf(wiring, options)
  checkChange(change)
  const { alerts } = wiring.storage
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const found = isAlertId(id) ? await alerts.find(id) : null
    if (found === null) return { kind: 'unknown' }
    if (change.version !== undefined && change.version !== found.version) {
      return { kind: 'stale', alert: found }
    }
    const next = changed(found, change, origin)
    if (next === found) return { kind: 'changed', alert: found }
    const event = alertEvent('alert.changed', next, origin, shown(found, next, origin))
    if (await alerts.replace(next, [event])) return { kind: 'changed', alert: next }
  }
  throw new LatchkeyError('storage-busy', 'the alert is being changed by too many at once')
}

function checkChange(change: AlertChange): void {
  checkObject('change', change)
  const { state, assignee, note, version } = change
  if (state !== undefined) checkOneOf('state', state, alertStates)
  if (assignee !== undefined && assignee !== null) checkText('assignee', assignee, longestAssignee)
  if (note !== undefined) checkText('note', note, longestNote)
  if (version !== undefined) checkInteger('version', version, 1, Number.MAX_SAFE_INTEGER)
}

/** The same one where nothing changes. */
function changed(found: Alert, { state, assignee, note }: AlertChange, { at, by }: ChangeOrigin): Alert {
  const isSame =
    (state ?? found.state) === found.state && (assignee === undefined || assignee === found.assignee)
  if (isSame && note === undefined) return found
  return {
    ...found,
    state: state ?? found.state,
    assignee: assignee === undefined ? found.assignee : assignee,
    notes: note === undefined ? found.notes : withNote(found.notes, { at, by, text: note }),
    version: found.version + 1,
  }
}

function withNote(notes: readonly AlertNote[], note: AlertNote): readonly AlertNote[] {
  if (notes.length >= mostNotes)
    throw invalidArgument('note', `is one too many: an alert has ${mostNotes} at most`)
  return [...notes, note]
}

/** That there is a note, and not what it says: that may name anybody. Nor who looks after it: the log forgets people by who did something, and to whom. */
function shown(
  found: Alert,
  next: Alert,
  { by }: ChangeOrigin,
): { readonly before: JsonObject; readonly after: JsonObject } {
  const isNoted = next.notes.length > found.notes.length
  return {
    before: { state: found.state, assigned_to: inLog(found.assignee, by) },
    after: { state: next.state, assigned_to: inLog(next.assignee, by), ...(isNoted && { is_noted: true }) },
  }
}

function inLog(assignee: string | null, by: ChangeOrigin['by']): 'actor' | 'somebody' | null {
  if (assignee === null) return null
  return by === `admin:${assignee}` ? 'actor' : 'somebody'
}
