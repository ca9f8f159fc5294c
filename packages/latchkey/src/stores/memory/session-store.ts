import { instantOf } from '../../foundation/time.ts'
import type { Grant, Seen, SessionRecord } from '../../model/session.ts'
import type { SessionSelection } from '../../model/session-filter.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { SessionStore } from '../../ports/session-store.ts'
import { cleanupSessions } from './cleanup-sessions.ts'
import { endSessions } from './end-sessions.ts'
import { fadeSessions } from './fade-sessions.ts'
import { forgetSessions } from './forget-sessions.ts'
import { forgetUser } from './forget-user.ts'
import { insertSession } from './insert-session.ts'
import { countSessions, listSessions } from './list-sessions.ts'
import { asRead, openRecords, type Records, sessionsOf } from './records.ts'
import { replaceSession } from './replace-session.ts'

export function memorySessionStore(records: Records): SessionStore {
  const opened = (): Records => openRecords(records)
  return {
    insert: async (record, plan) => insertSession(opened(), record, plan),
    find: async (id) => findSession(opened(), id),
    replace: async (next, replacing) => replaceSession(opened(), next, replacing),
    touch: async (seen) => touchSessions(opened(), seen),
    tighten: async (grants) => tightenSessions(opened(), grants),
    invalidate: async (selection, ending) => endSessions(records, selected(opened(), selection), ending),
    list: async (query, page) => listSessions(opened(), query, page),
    count: async (query) => countSessions(opened(), query),
    cleanup: async (bounds, at, limit) => cleanupSessions(opened(), bounds, at, limit),
    forget: async (endedBefore, limit) => forgetSessions(opened(), endedBefore, limit),
    fade: async (fact, from, before, limit) => fadeSessions(opened(), fact, from, before, limit),
    forgetUser: async (userId, origin, digestOf) => forgetUser(opened(), userId, origin, digestOf),
  }
}

function findSession(records: Records, id: SessionId): SessionRecord | null {
  const record = records.sessions.get(id)
  return record ? asRead(records, record) : null
}

function touchSessions(records: Records, seen: readonly Seen[]): void {
  for (const { id, at } of seen) {
    const record = records.sessions.get(id)
    if (!record || record.invalidatedAt !== null) continue
    if (record.lastAccessedAt !== null && record.lastAccessedAt >= at) continue
    records.sessions.set(id, { ...record, lastAccessedAt: at })
  }
}

function tightenSessions(records: Records, grants: readonly Grant[]): void {
  for (const { id, expiresAt, idleTimeout } of grants) {
    const record = records.sessions.get(id)
    if (!record || record.invalidatedAt !== null) continue
    const isShorter =
      idleTimeout !== null && (record.idleTimeout === null || idleTimeout < record.idleTimeout)
    records.sessions.set(id, {
      ...record,
      expiresAt: instantOf(Math.min(expiresAt, record.expiresAt)),
      idleTimeout: isShorter ? idleTimeout : record.idleTimeout,
    })
  }
}

function selected(records: Records, selection: SessionSelection): readonly SessionRecord[] {
  if (selection.kind === 'user') {
    return sessionsOf(records, selection.userId).filter((record) => record.id !== selection.except)
  }
  if (selection.kind === 'device') {
    return sessionsOf(records, selection.userId).filter((record) => record.deviceId === selection.deviceId)
  }
  if (selection.kind === 'sessions') {
    return selection.sessions.flatMap(({ id, userId }) => {
      const record = records.sessions.get(id)
      return record?.userId === userId ? [record] : []
    })
  }
  const record = records.sessions.get(selection.id)
  const isTheirs = record && (selection.userId === null || selection.userId === record.userId)
  return isTheirs ? [record] : []
}
