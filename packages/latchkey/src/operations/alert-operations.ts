import type { Page, PageRequest } from '../foundation/page.ts'
import type { Alert, AlertAnswer, Mute } from '../model/alert.ts'
import type { AlertTally } from '../ports/alert-store.ts'
import { type AlertLink, alertLinkToken, readAlertLink } from './alert-links.ts'
import { type AnswerOptions, type AnswerOutcome, answerAlert } from './answer-alert.ts'
import { type AlertChange, type AlertChangeOutcome, changeAlert } from './change-alert.ts'
import type { ChangeOptions } from './change-options.ts'
import { type AlertConditions, countAlerts, getAlert, listAlerts, tallyAlerts } from './list-alerts.ts'
import { addMute, type NewMute, removeMute } from './mutes.ts'
import type { Wiring } from './wiring.ts'

/** Everything that can be done with alerts: a part of `Sessions`. */
export interface AlertOperations {
  /** Newest first. Throws `invalid-argument` naming the condition at fault. */
  listAlerts(filter: AlertConditions, page: PageRequest): Promise<Page<Alert>>
  countAlerts(filter: AlertConditions): Promise<number>
  /** How many there are by detector, state and severity; in no order, without those of which there is none. */
  tallyAlerts(filter: AlertConditions): Promise<readonly AlertTally[]>
  /** Null where there is none. */
  getAlert(id: string): Promise<Alert | null>
  /** What an administrator makes of it. Throws `invalid-argument` naming the field at fault. */
  changeAlert(id: string, change: AlertChange, options?: ChangeOptions): Promise<AlertChangeOutcome>
  /**
   * What its user says of it. `me`: its device, country and network are known as theirs, and the alert is a false alarm.
   * `not-me`: its session ends, everywhere once it resolves, and the alert is open and of severity `high` at least.
   */
  answerAlert(id: string, answer: AlertAnswer, options?: AnswerOptions): Promise<AnswerOutcome>
  /** For a link by which its user can answer for 7 days without being signed in; null without the option `secret`, and where it is about nobody. */
  alertLinkToken(alert: Alert): string | null
  /** Which alert such a token is about; changes nothing. */
  readAlertLink(token: string): Promise<AlertLink>
  /** The newest first, those that are over included. */
  getMutes(): Promise<readonly Mute[]>
  /** Findings that it fits open no alert from now on. Throws `invalid-argument` naming the field at fault. */
  addMute(mute: NewMute, options?: ChangeOptions): Promise<Mute>
  /** False where there is none. */
  removeMute(id: string, options?: ChangeOptions): Promise<boolean>
}

export function alertOperations(wiring: Wiring): AlertOperations {
  return {
    listAlerts: (filter, page) => listAlerts(wiring, filter, page),
    countAlerts: (filter) => countAlerts(wiring, filter),
    tallyAlerts: (filter) => tallyAlerts(wiring, filter),
    getAlert: (id) => getAlert(wiring, id),
    changeAlert: (id, change, options) => changeAlert(wiring, id, change, options),
    answerAlert: (id, answer, options) => answerAlert(wiring, id, answer, options),
    alertLinkToken: (alert) => alertLinkToken(wiring, alert),
    readAlertLink: (token) => readAlertLink(wiring, token),
    getMutes: () => wiring.storage.alerts.mutes(),
    addMute: (mute, options) => addMute(wiring, mute, options),
    removeMute: (id, options) => removeMute(wiring, id, options),
  }
}
