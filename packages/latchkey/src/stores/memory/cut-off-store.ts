import { type CutOff, type CutOffScope, cutOffSubject, forever } from '../../model/cut-off.ts'
import type { ChangeOrigin, SessionRecord, SessionRef } from '../../model/session.ts'
import { cutOffEvent } from '../../model/session-event.ts'
import type { CutOffStore } from '../../ports/cut-off-store.ts'
import { endSessions } from './end-sessions.ts'
import { appendEvents, openRecords, type Records, sessionsOf } from './records.ts'

export function memoryCutOffStore(records: Records): CutOffStore {
  const opened = (): Records => openRecords(records)
  return {
    set: async (cutOff, origin) => setCutOff(opened(), cutOff, origin),
    lift: async (scope, origin) => liftCutOff(opened(), scope, origin),
    find: async (scope) => opened().cutOffs.get(cutOffSubject(scope)) ?? null,
    list: async (limit) => [...opened().cutOffs.values()].sort(newestFirst).slice(0, limit),
  }
}

function newestFirst(a: CutOff, b: CutOff): number {
  if (a.setAt !== b.setAt) return b.setAt - a.setAt
  return cutOffSubject(a.scope) < cutOffSubject(b.scope) ? -1 : 1
}

function setCutOff(records: Records, cutOff: CutOff, origin: ChangeOrigin): readonly SessionRef[] {
  const { scope, notBefore } = cutOff
  const before = records.cutOffs.get(cutOffSubject(scope))
  if (before && before.notBefore >= notBefore) return []
  records.cutOffs.set(cutOffSubject(scope), cutOff)
  appendEvents(records, [cutOffEvent('cut-off.set', cutOff, before?.notBefore ?? null, origin)])
  const concerned = sessionsWithin(records, scope).filter((record) => record.createdAt <= notBefore)
  return endSessions(records, concerned, { ...origin, reason: 'revoked' })
}

/** None of everybody's: a cleanup ends those. */
function sessionsWithin(records: Records, scope: CutOffScope): readonly SessionRecord[] {
  if (scope.kind === 'everybody') return []
  const own = sessionsOf(records, scope.userId)
  return scope.kind === 'user' ? own : own.filter(({ deviceId }) => deviceId === scope.deviceId)
}

function liftCutOff(records: Records, scope: CutOffScope, origin: ChangeOrigin): boolean {
  const present = records.cutOffs.get(cutOffSubject(scope))
  if (present?.notBefore !== forever) return false
  const lifted = { ...present, notBefore: origin.at }
  records.cutOffs.set(cutOffSubject(scope), lifted)
  appendEvents(records, [cutOffEvent('cut-off.lifted', lifted, present.notBefore, origin)])
  return true
}
