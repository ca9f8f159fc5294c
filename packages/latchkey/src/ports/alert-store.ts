import type { Page, PageRequest } from '../foundation/page.ts'
import type { Instant } from '../foundation/time.ts'
import type { Alert, AlertId, AlertState, DetectorSetting, Mute } from '../model/alert.ts'
import type { Severity } from '../model/finding.ts'
import type { NewSessionEvent } from '../model/session-event.ts'
import type { SessionId } from '../model/session-token.ts'
import type { UserHistory } from '../model/user-history.ts'

/** What a run of events brings. */
export interface DetectionBatch {
  /** The position that the store must have for it to be taken. */
  readonly after: number
  /** The position that the store has then. */
  readonly upTo: number
  /** The positions of the events that it was made from, those aside that were erased already. Empty: it was made from none. */
  readonly examined: readonly number[]
  /** Of users of whom there is none yet, of `version` 1, or changed, of the version that they have then. */
  readonly histories: readonly UserHistory[]
  /** Alerts that are new, of `version` 1, or that have grown, of the version that they have then. */
  readonly alerts: readonly Alert[]
  /** Written in the same step: `alert.opened` for those that are new, `alert.changed` for those that are graver than before. */
  readonly events: readonly NewSessionEvent[]
}

/** Which alerts. A condition that is null is no condition; all must hold. */
export interface AlertFilter {
  readonly userId: string | null
  readonly sessionId: SessionId | null
  /** Empty: of every detector. */
  readonly detectors: readonly string[]
  /** Empty: in every state. */
  readonly states: readonly AlertState[]
  /** Empty: of every severity. */
  readonly severities: readonly Severity[]
  /** Null: whoever looks after them; the empty text: nobody does. */
  readonly assignee: string | null
  /** Of `lastAt`: from that instant on. */
  readonly from: Instant | null
  /** Before that instant. */
  readonly until: Instant | null
}

/** How many alerts have these in common. */
export interface AlertTally {
  readonly detector: string
  readonly state: AlertState
  readonly severity: Severity
  readonly count: number
}

/**
 * Where alerts are kept, with what detectors know of users, how they are set, and what is muted. Atomicity and errors are those
 * of `SessionStore`; `forgetUser` there forgets a user's histories, alerts and mutes, too.
 */
export interface AlertStore {
  /** How far in the event log the detectors have come; null: they have never begun. */
  position(): Promise<number | null>

  /** Has them begin after that position; nothing is changed where they have begun. */
  begin(position: number): Promise<void>

  /** Of those users of whom there is one, in no order. */
  histories(userIds: readonly string[]): Promise<readonly UserHistory[]>

  /**
   * Puts `next` in the place of its user's of the version before, for what its user said; the detectors' position is left alone.
   * False, and nothing is changed, otherwise, or where there is none: of whoever was forgotten meanwhile nothing comes back.
   */
  replaceHistory(next: UserHistory): Promise<boolean>

  /** Those alerts that are open or acknowledged of these detectors, users (null: of nobody) and subjects, in no order. */
  unresolved(keys: readonly Pick<Alert, 'detector' | 'userId' | 'subject'>[]): Promise<readonly Alert[]>

  /**
   * Takes the batch, durably, in one step. False, and nothing is changed, where the position is not `after`, or an alert that has
   * grown or a history that has changed is not of the version before any more, or one of the events `examined` was erased or
   * forgotten since: what it taught would name again whom `forgetUser` has forgotten. That one waits for this step, or this
   * step for it.
   */
  apply(batch: DetectionBatch): Promise<boolean>

  /** Null where there is none. */
  find(id: AlertId): Promise<Alert | null>

  /** Puts `next` in the place of the one of its id and of the version before, with these events. False, and nothing is changed, otherwise. */
  replace(next: Alert, events: readonly NewSessionEvent[]): Promise<boolean>

  /** Adds an alert that no finding made, such as the one of a user who said that it was not them. */
  add(alert: Alert, events: readonly NewSessionEvent[]): Promise<void>

  /** Newest first by `lastAt`, then by id. Rejects with `invalid-argument`, field `cursor`, for a foreign cursor. */
  list(filter: AlertFilter, page: PageRequest): Promise<Page<Alert>>

  /** How many `list` would bring in all, by what they have in common; in no order, without those of which there is none. */
  tally(filter: AlertFilter): Promise<readonly AlertTally[]>

  /** Alerts with a response that has not happened yet, oldest first, at most `limit`. */
  unanswered(limit: number): Promise<readonly Alert[]>

  /** Of those detectors that were ever set. */
  settings(): Promise<readonly DetectorSetting[]>
  /** With its event. */
  putSetting(setting: DetectorSetting, events: readonly NewSessionEvent[]): Promise<void>

  /** The newest first, at most 1,000; those that are over included. */
  mutes(): Promise<readonly Mute[]>
  addMute(mute: Mute, events: readonly NewSessionEvent[]): Promise<void>
  /** False where there is none. */
  removeMute(id: string, events: readonly NewSessionEvent[]): Promise<boolean>

  /** Forgets at most `limit` alerts that are resolved or false alarms and whose `lastAt` is before the instant; returns how many. */
  forget(before: Instant, limit: number): Promise<number>
  /** How many `forget` would forget in all, up to `most`. */
  countBefore(before: Instant, most: number): Promise<number>
  /** Forgets at most `limit` histories whose `lastAt` is before the instant; returns how many. */
  forgetHistories(before: Instant, limit: number): Promise<number>
  /** How many `forgetHistories` would forget in all, up to `most`. */
  countHistoriesBefore(before: Instant, most: number): Promise<number>
}
