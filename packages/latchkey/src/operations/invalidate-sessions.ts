import { finalChange } from '../cache/coherence.ts'
import type { EndingReceipt } from '../cache/confirmations.ts'
import { type Actor, type Ending, type EndReason, endReasons, systemActor } from '../model/session.ts'
import type { SessionSelection } from '../model/session-filter.ts'
import { isSessionId } from '../model/session-token.ts'
import { checkActor, checkOneOf, checkRequestId, checkUserId } from './check-argument.ts'
import type { Wiring } from './wiring.ts'

/** What the record and the event say about an ending. */
export interface EndOptions {
  /** Default `revoked`. */
  readonly reason?: EndReason
  /** Default `system`. */
  readonly by?: Actor
  /** The id of the request, which stands in the events; default: none. */
  readonly request?: string
  /** Handed the proof that the ending is final on every node, before the call resolves. */
  readonly onReceipt?: (receipt: EndingReceipt) => void
}

/** How one session is ended. */
export interface EndOneOptions extends EndOptions {
  /** End it only when it is this user's; default: whoever's it is. */
  readonly ofUser?: string
}

/** How the sessions of a user are ended. */
export interface EndManyOptions extends EndOptions {
  /** The session to leave alone. */
  readonly except?: string
}

export async function invalidateSession(
  wiring: Wiring,
  id: string,
  options: EndOneOptions = {},
): Promise<boolean> {
  const userId = options.ofUser === undefined ? null : checkUserId('ofUser', options.ofUser)
  const ending = endingOf(wiring, options)
  if (!isSessionId(id)) return false
  return (await end(wiring, { kind: 'session', id, userId }, ending, options)) > 0
}

export async function invalidateAllUserSessions(
  wiring: Wiring,
  userId: string,
  options: EndManyOptions = {},
): Promise<number> {
  const except = isSessionId(options.except) ? options.except : null
  const selection = { kind: 'user', userId: checkUserId('userId', userId), except } as const
  return end(wiring, selection, endingOf(wiring, options), options)
}

/** Throws `invalid-argument`. */
export function endingOf(wiring: Wiring, options: EndOptions): Ending {
  return {
    at: wiring.clock.now(),
    reason: checkOneOf('reason', options.reason ?? 'revoked', endReasons),
    by: checkActor('by', options.by ?? systemActor),
    request: checkRequestId(options.request),
  }
}

/** Final everywhere when it resolves. */
export async function end(
  { coherence, storage, activity }: Wiring,
  selection: SessionSelection,
  ending: Ending,
  { onReceipt }: EndOptions,
): Promise<number> {
  const { result, receipt } = await finalChange(coherence, selection, () =>
    storage.sessions.invalidate(selection, ending),
  )
  for (const { id } of result) activity.forget(id)
  onReceipt?.(receipt)
  return result.length
}
