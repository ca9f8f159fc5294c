import type { Seen, SessionRecord } from '../../model/session.ts'
import type { SessionSelection } from '../../model/session-filter.ts'
import type { SessionStore } from '../../ports/session-store.ts'
import { cleanupSessions } from './cleanup-sessions.ts'
import { endSessions } from './end-sessions.ts'
import { fadeSessions } from './fade-sessions.ts'
import { forgetSessions } from './forget-sessions.ts'
import { forgetUser } from './forget-user.ts'
import { insertSession } from './insert-session.ts'
import { countSessions, listSessions } from './list-sessions.ts'
import { openRecords, type Records, sessionsOf } from './records.ts'
import { replaceSession } from './replace-session.ts'

export function memorySessionStore(records: Records): SessionStore {
  const opened = (): Records => openRecords(records)
  return {
    insert: async (record, plan) => insertSession(opened(), record, plan),
    find: async (id) => opened().sessions.get(id) ?? null,
    replace: async (next, at, actor) => replaceSession(opened(), next, at, actor),
    touch: async (seen) => touchSessions(opened(), seen),
    invalidate: async (selection, ending) => endSessions(records, selected(opened(), selection), ending),
    list: async (query, page) => listSessions(opened(), query, page),
    count: async (query) => countSessions(opened(), query),
    cleanup: async (bounds, at, limit) => cleanupSessions(opened(), bounds, at, limit),
    forget: async (endedBefore, limit) => forgetSessions(opened(), endedBefore, limit),
    fade: async (fact, from, before, limit) => fadeSessions(opened(), fact, from, before, limit),
    forgetUser: async (userId) => forgetUser(opened(), userId),
  }
}

function touchSessions(records: Records, seen: readonly Seen[]): void {
  for (const { id, at } of seen) {
    const record = records.sessions.get(id)
    if (!record || record.invalidatedAt !== null) continue
    if (record.lastAccessedAt !== null && record.lastAccessedAt >= at) continue
    records.sessions.set(id, { ...record, lastAccessedAt: at })
  }
}

function selected(records: Records, selection: SessionSelection): readonly SessionRecord[] {
  if (selection.kind === 'user') {
    return sessionsOf(records, selection.userId).filter((record) => record.id !== selection.except)
  }
  if (selection.kind === 'device') {
    return sessionsOf(records, selection.userId).filter((record) => record.deviceId === selection.deviceId)
  }
  const record = records.sessions.get(selection.id)
  const isTheirs = record && (selection.userId === null || selection.userId === record.userId)
  return isTheirs ? [record] : []
}
