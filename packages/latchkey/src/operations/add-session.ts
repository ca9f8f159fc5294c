import { finalChange } from '../cache/coherence.ts'
import { LatchkeyError } from '../foundation/errors.ts'
import type { SessionRecord } from '../model/session.ts'
import type { SessionSelection } from '../model/session-filter.ts'
import type { InsertOutcome, InsertPlan } from '../ports/session-store.ts'
import type { Wiring } from './wiring.ts'

/** What came of a sign-in that was made, now or before. */
export type Added = Extract<InsertOutcome, { kind: 'inserted' | 'repeated' }>

/** Why there is no session; what a cut-off overtook is made again, see `sign-in-moment`. */
export type Refusal = Exclude<InsertOutcome, Added | { kind: 'cut-off' }>

/** What gives way is gone from every cache before the answer. */
export async function addSession(
  wiring: Wiring,
  record: SessionRecord,
  plan: InsertPlan,
): Promise<InsertOutcome> {
  const add = (): Promise<InsertOutcome> => wiring.storage.sessions.insert(record, plan)
  const selection = whatMayGiveWay(record.userId, plan)
  if (selection === null) return add()
  const { result } = await finalChange(wiring.coherence, selection, add)
  if (result.kind === 'inserted') for (const { id } of result.replaced) wiring.activity.forget(id)
  return result
}

/** Null: nothing does. Which sessions there are on a known device, or too many, is for the store to find out. */
function whatMayGiveWay(
  userId: string,
  { replaces, completes, device, limit }: InsertPlan,
): SessionSelection | null {
  const endsEarlier = device?.knowledge === 'known' && device.sessions === 'end-earlier'
  const mayEndOthers = limit !== null && limit.atLimit !== 'reject'
  if (completes !== null || mayEndOthers || endsEarlier) return { kind: 'user', userId, except: null }
  return replaces === null ? null : { kind: 'session', id: replaces, userId }
}

export function refusalOf(outcome: Refusal): LatchkeyError {
  switch (outcome.kind) {
    case 'conflict':
      return idempotencyConflict('came before with another request')
    case 'limit-reached':
      return new LatchkeyError('session-limit-reached', 'the user has as many sessions as the policy allows')
    case 'not-pending':
      return new LatchkeyError('storage-failed', 'the storage looked for a session that nobody named')
  }
}

export function idempotencyConflict(what: string): LatchkeyError {
  return new LatchkeyError('idempotency-conflict', `idempotencyKey: ${what}`, { field: 'idempotencyKey' })
}
