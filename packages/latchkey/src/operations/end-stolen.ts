import { type EndReason, type SessionRef, systemActor } from '../model/session.ts'
import { end } from './invalidate-sessions.ts'
import type { Wiring } from './wiring.ts'

/** Somebody shows a token that a newer one has replaced: two hold what one should, and nobody can tell who is who. */
export function endStolen(wiring: Wiring, session: SessionRef, request: string | null): Promise<number> {
  return endBySystem(wiring, session, 'token-reuse', request)
}

/** Latchkey itself ends it; final everywhere when it resolves. */
export function endBySystem(
  wiring: Wiring,
  { id, userId }: SessionRef,
  reason: EndReason,
  request: string | null,
): Promise<number> {
  const ending = { at: wiring.clock.now(), reason, by: systemActor, request }
  return end(wiring, { kind: 'session', id, userId }, ending, {})
}
