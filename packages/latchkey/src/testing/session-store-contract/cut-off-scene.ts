import assert from 'node:assert/strict'
import type { Instant } from '../../foundation/time.ts'
import type { CutOffScope } from '../../model/cut-off.ts'
import type { SessionRecord, SessionRef } from '../../model/session.ts'
import type { EventFilter } from '../../model/session-event.ts'
import type { Storage } from '../../ports/storage.ts'
import {
  boundsAt,
  changedAt,
  cutOffAt,
  everyEvent,
  hoursAfterNoon,
  noon,
  plainly,
  queryAt,
  sampleSession,
  windowAt,
} from './sample-session.ts'

export const everybody: CutOffScope = { kind: 'everybody' }
export const ada: CutOffScope = { kind: 'user', userId: 'ada' }
export const later: Instant = hoursAfterNoon(1)
export const onlySetting: EventFilter = everyEvent({ types: ['cut-off.set'] })

export function ofHour(count: number, userId = 'ada'): SessionRecord {
  return sampleSession(userId, { createdAt: hoursAfterNoon(count) })
}

export async function insertAll({ sessions }: Storage, records: readonly SessionRecord[]): Promise<void> {
  for (const record of records) await sessions.insert(record, plainly)
}

/** By ids, live by a list, and by as many counts as there are. */
export async function liveIds({ sessions, statistics }: Storage, userId: string): Promise<readonly string[]> {
  const query = queryAt(noon, { userId, state: 'live' })
  const { items } = await sessions.list(query, { cursor: null, limit: 100 })
  assert.equal(await sessions.count(query), items.length)
  assert.equal((await statistics.forUser(userId, windowAt(noon))).live, items.length)
  const uses = await statistics.deviceUses(userId, boundsAt(noon))
  const onDevices = items.filter(({ deviceId }) => deviceId !== null).length
  assert.equal(
    uses.reduce((sum, { live }) => sum + live, 0),
    onDevices,
  )
  return items.map(({ id }) => id).sort()
}

export function idsOf(records: readonly { readonly id: string }[]): readonly string[] {
  return records.map(({ id }) => id).sort()
}

export function setCutOff(
  { cutOffs }: Storage,
  scope: CutOffScope,
  notBefore: Instant,
): Promise<readonly SessionRef[]> {
  return cutOffs.set(cutOffAt(scope, notBefore), changedAt(later, { by: 'admin:root', request: 'req-1' }))
}
