import { invalidArgument, LatchkeyError } from '../../foundation/errors.ts'
import type { Page, PageRequest } from '../../foundation/page.ts'
import type { Instant } from '../../foundation/time.ts'
import type { Alert } from '../../model/alert.ts'
import type { UserHistory } from '../../model/user-history.ts'
import type { AlertFilter, AlertStore, AlertTally, DetectionBatch } from '../../ports/alert-store.ts'
import { appendEvents, openRecords, type Records } from './records.ts'

export function memoryAlertStore(records: Records): AlertStore {
  const opened = (): Records => openRecords(records)
  const all = (): Alert[] => [...opened().alerts.values()]
  return {
    position: async () => opened().examined,
    begin: async (position) => {
      opened().examined ??= position
    },
    histories: async (userIds) =>
      [...new Set(userIds)].flatMap((userId) => opened().histories.get(userId) ?? []),
    replaceHistory: async (next) => {
      const isNext = opened().histories.has(next.userId) && isNextHistory(records, next)
      if (isNext) records.histories.set(next.userId, next)
      return isNext
    },
    unresolved: async (keys) =>
      all().filter((alert) => isUnresolved(alert) && keys.some((key) => isSameMatter(key, alert))),
    apply: async (batch) => apply(opened(), batch),
    find: async (id) => opened().alerts.get(id) ?? null,
    replace: async (next, events) => {
      if (opened().alerts.get(next.id)?.version !== next.version - 1) return false
      records.alerts.set(next.id, next)
      appendEvents(records, events)
      return true
    },
    add: async (alert, events) => {
      if (opened().alerts.has(alert.id)) {
        throw new LatchkeyError('storage-failed', 'An alert with this id exists already.')
      }
      records.alerts.set(alert.id, alert)
      appendEvents(records, events)
    },
    list: async (filter, page) => list(all(), filter, page),
    tally: async (filter) => tallied(all().filter((alert) => matches(alert, filter))),
    unanswered: async (limit) => all().filter(isUnanswered).sort(oldestFirst).slice(0, limit),
    ...settingsAndMutes(records),
    ...forgetting(records),
  }
}

type OfSettings = Pick<AlertStore, 'settings' | 'putSetting' | 'mutes' | 'addMute' | 'removeMute'>

function settingsAndMutes(records: Records): OfSettings {
  const opened = (): Records => openRecords(records)
  return {
    settings: async () => [...opened().detectorSettings.values()],
    putSetting: async (setting, events) => {
      opened().detectorSettings.set(setting.detector, setting)
      appendEvents(records, events)
    },
    mutes: async () =>
      [...opened().mutes.values()].sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1)).slice(0, mostMutes),
    addMute: async (mute, events) => {
      opened().mutes.set(mute.id, mute)
      appendEvents(records, events)
    },
    removeMute: async (id, events) => {
      if (!opened().mutes.delete(id)) return false
      appendEvents(records, events)
      return true
    },
  }
}

type Forgetting = Pick<AlertStore, 'forget' | 'countBefore' | 'forgetHistories' | 'countHistoriesBefore'>

function forgetting(records: Records): Forgetting {
  const opened = (): Records => openRecords(records)
  const over = (before: Instant): Alert[] =>
    [...opened().alerts.values()].filter((alert) => isOver(alert, before))
  return {
    forget: async (before, limit) => {
      const old = over(before)
        .sort((a, b) => a.lastAt - b.lastAt)
        .slice(0, limit)
      for (const { id } of old) records.alerts.delete(id)
      return old.length
    },
    countBefore: async (before, most) => Math.min(most, over(before).length),
    countHistoriesBefore: async (before, most) => Math.min(most, historiesBefore(opened(), before).length),
    forgetHistories: async (before, limit) => {
      const old = historiesBefore(opened(), before).slice(0, limit)
      for (const { userId } of old) records.histories.delete(userId)
      return old.length
    },
  }
}

/** More than anybody looks through. */
const mostMutes = 1_000

function historiesBefore({ histories }: Records, before: Instant): readonly UserHistory[] {
  return [...histories.values()].filter(({ lastAt }) => lastAt !== null && lastAt < before)
}

function isUnresolved({ state }: Alert): boolean {
  return state === 'open' || state === 'acknowledged'
}

function isUnanswered({ response, respondedAt }: Alert): boolean {
  return response !== null && respondedAt === null
}

function isOver({ state, lastAt }: Alert, before: Instant): boolean {
  return (state === 'resolved' || state === 'false-alarm') && lastAt < before
}

type Matter = Pick<Alert, 'detector' | 'userId' | 'subject'>

function isSameMatter(a: Matter, b: Matter): boolean {
  return a.detector === b.detector && a.userId === b.userId && a.subject === b.subject
}

function isNextHistory({ histories }: Records, { userId, version }: UserHistory): boolean {
  return (histories.get(userId)?.version ?? 0) === version - 1
}

function apply(records: Records, batch: DetectionBatch): boolean {
  const { after, upTo, histories, alerts, events } = batch
  if (records.examined !== after || !areAsRead(records, batch.examined)) return false
  const versionOf = ({ id }: Alert): number => records.alerts.get(id)?.version ?? 0
  if (alerts.some((alert) => versionOf(alert) !== alert.version - 1)) return false
  if (!histories.every((history) => isNextHistory(records, history))) return false
  for (const history of histories) records.histories.set(history.userId, history)
  for (const alert of alerts) records.alerts.set(alert.id, alert)
  records.examined = upTo
  appendEvents(records, events)
  return true
}

/** Whether all of those events are there and none has been erased. The log has no gaps: only its beginning is ever forgotten. */
function areAsRead({ events }: Records, positions: readonly number[]): boolean {
  const first = events[0]?.position ?? 0
  return positions.every((position) => {
    const event = events[position - first]
    return event !== undefined && event.type !== 'event.erased'
  })
}

function matches(alert: Alert, filter: AlertFilter): boolean {
  const isOneOf = <Value>(value: Value, wanted: readonly Value[]): boolean =>
    wanted.length === 0 || wanted.includes(value)
  return (
    (filter.userId === null || alert.userId === filter.userId) &&
    (filter.sessionId === null || alert.sessionId === filter.sessionId) &&
    isOneOf(alert.detector, filter.detectors) &&
    isOneOf(alert.state, filter.states) &&
    isOneOf(alert.severity, filter.severities) &&
    (filter.assignee === null || (alert.assignee ?? '') === filter.assignee) &&
    (filter.from === null || alert.lastAt >= filter.from) &&
    (filter.until === null || alert.lastAt < filter.until)
  )
}

/** The cursor is `<lastAt>.<id>` of the last item. */
function list(alerts: readonly Alert[], filter: AlertFilter, { cursor, limit }: PageRequest): Page<Alert> {
  const sorted = alerts.filter((alert) => matches(alert, filter)).sort(newestFirst)
  const rest = cursor === null ? sorted : after(sorted, cursor)
  const items = rest.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last && rest.length > items.length ? `${last.lastAt}.${last.id}` : null }
}

function tallied(alerts: readonly Alert[]): readonly AlertTally[] {
  const tallies = new Map<string, AlertTally>()
  for (const { detector, state, severity } of alerts) {
    const key = JSON.stringify([detector, state, severity])
    const count = (tallies.get(key)?.count ?? 0) + 1
    tallies.set(key, { detector, state, severity, count })
  }
  return [...tallies.values()]
}

function after(sorted: readonly Alert[], cursor: string): readonly Alert[] {
  const [, at, id] = /^(\d{1,16})\.(alr_[a-z2-7]{26})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) {
    throw invalidArgument('cursor', 'must be one that a page came with')
  }
  const lastAt = Number(at)
  return sorted.filter((alert) => alert.lastAt < lastAt || (alert.lastAt === lastAt && alert.id < id))
}

function newestFirst(a: Alert, b: Alert): number {
  return b.lastAt - a.lastAt || (a.id < b.id ? 1 : -1)
}

function oldestFirst(a: Alert, b: Alert): number {
  return a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1)
}
