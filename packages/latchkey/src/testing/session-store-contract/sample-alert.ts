import assert from 'node:assert/strict'
import { randomBase32 } from '../../foundation/bytes.ts'
import type { Alert, Mute } from '../../model/alert.ts'
import type { BulkEnding } from '../../model/bulk-ending.ts'
import { type NewSessionEvent, plainEvent } from '../../model/session-event.ts'
import { noHistory, type UserHistory } from '../../model/user-history.ts'
import type { AlertFilter, AlertStore } from '../../ports/alert-store.ts'
import { noon, oslo } from './sample-session.ts'

/** An open one of user `ada`, about a country, that began and grew last at noon. */
export function sampleAlert(changes: Partial<Alert> = {}): Alert {
  const firstAt = changes.firstAt ?? changes.lastAt ?? noon
  return {
    id: `alr_${randomBase32(26)}`,
    detector: 'new-country',
    severity: 'medium',
    userId: 'ada',
    sessionId: null,
    deviceId: null,
    subject: 'country:NO',
    reason: 'First seen in "Norway", é.',
    evidence: { country: 'NO', seen: [1, null, { 'x"y': true }] },
    firstAt,
    lastAt: firstAt,
    count: 1,
    state: 'open',
    assignee: null,
    answer: null,
    answeredAt: null,
    response: null,
    respondedAt: null,
    notes: [],
    version: 1,
    ...changes,
  }
}

/** Of which nothing is narrowed, with the changes asked for. */
export function everyAlert(changes: Partial<AlertFilter> = {}): AlertFilter {
  return {
    userId: null,
    sessionId: null,
    detectors: [],
    states: [],
    severities: [],
    assignee: null,
    from: null,
    until: null,
    ...changes,
  }
}

/** With something in every list. */
export function sampleHistory(userId: string, changes: Partial<UserHistory> = {}): UserHistory {
  const seen = { firstAt: noon, lastAt: noon, times: 1, confirmed: true }
  return {
    ...noHistory(userId),
    version: 1,
    since: noon,
    signIns: 1,
    activeDays: 1,
    lastAt: noon,
    countries: [{ key: 'NO', ...seen }],
    networks: [{ key: '64496', ...seen, confirmed: false }],
    days: [{ date: '2026-03-01', signIns: 1 }],
    lastPlace: { at: noon, place: oslo },
    versions: [{ key: 'dev Firefox', browserVersion: '140', osVersion: null }],
    ...changes,
  }
}

export function sampleMute(changes: Partial<Mute> = {}): Mute {
  return {
    id: `mut_${randomBase32(26)}`,
    detector: 'new-country',
    userId: null,
    deviceId: null,
    network: null,
    until: null,
    note: null,
    by: 'admin:root',
    at: noon,
    ...changes,
  }
}

/** One that begins at noon. */
export function sampleBulkEnding(changes: Partial<BulkEnding> = {}): BulkEnding {
  return {
    id: `blk_${randomBase32(26)}`,
    filter: 'country:NO -browser:"Mobile \'Safari\'"',
    except: null,
    state: 'running',
    expected: 1_234,
    ended: 0,
    createdAt: noon,
    by: 'admin:root',
    note: null,
    finishedAt: null,
    version: 1,
    ...changes,
  }
}

/** Something that is to be written beside a change. */
export function alertEvent(type: NewSessionEvent['type'] = 'alert.changed'): NewSessionEvent {
  return { ...plainEvent({ type, at: noon, actor: 'admin:root', request: 'req-1' }), userId: 'ada' }
}

/** Puts them there as detectors do. */
export async function keepHistories(alerts: AlertStore, histories: readonly UserHistory[]): Promise<void> {
  await alerts.begin(0)
  const position = (await alerts.position()) ?? 0
  const stored = await alerts.histories(histories.map(({ userId }) => userId))
  const versions = new Map(stored.map(({ userId, version }) => [userId, version]))
  const next = histories.map((history) => ({ ...history, version: (versions.get(history.userId) ?? 0) + 1 }))
  const change = { after: position, upTo: position, examined: [], histories: next, alerts: [], events: [] }
  assert.ok(await alerts.apply(change))
}
