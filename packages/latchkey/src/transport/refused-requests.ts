import type { JsonObject } from '../foundation/json.ts'
import { type Clock, type Duration, minutes } from '../foundation/time.ts'
import { type Actor, type Session, systemActor } from '../model/session.ts'
import type { Sessions } from '../operations/sessions.ts'
import type { NameSource } from './request-source.ts'

/**
 * What was wrong with a request. `two-credentials`: cookie and bearer token together. `planted-cookie`: two cookies of
 * our name. `direct-reference`: it named a session or device of somebody else.
 */
export type RefusedKind =
  | 'cross-site'
  | 'two-credentials'
  | 'planted-cookie'
  | 'direct-reference'
  | 'forbidden'

/** A request that an audit log should know of. */
export interface RefusedRequest {
  readonly kind: RefusedKind
  /** Where it came from; null where that is unknown. Never written down as it is. */
  readonly ipAddress: string | null
  readonly request: string | null
  /** Who asked, where that is no session's user. Default: the user of `by`, or `system`. */
  readonly actor?: Actor
  /** In which session, where that is known. */
  readonly by?: Pick<Session, 'id' | 'userId'> | null
  /** What it wanted, as an id that is no secret. */
  readonly target?: string
}

/** Writes `request.refused`. Resolves when it is written, or when it is not to be: it never rejects. */
export type NoteRefused = (refused: RefusedRequest) => Promise<void>

/** How long one source is silent after it was written down. */
const silence: Duration = minutes(1)

/** Written down within that time at most, whatever the number of sources: an attacker must not fill the log. */
export const mostNoted = 1_000

/** Remembers what it wrote in the last minute, of each kind and source once, in bounded memory. */
export function noteRefusedRequests(
  sessions: Pick<Sessions, 'recordEvents'>,
  clock: Pick<Clock, 'monotonic'>,
  nameSource: NameSource,
): NoteRefused {
  // In the order of their instants: what is written again is taken out first.
  const noted = new Map<string, number>()
  return async (refused) => {
    const now = clock.monotonic()
    const source = nameSource(refused.ipAddress)
    const { kind, request, by = null, target } = refused
    const actor = refused.actor ?? (by === null ? systemActor : `user:${by.userId}`)
    const key = `${kind} ${source ?? actor}`
    forgetOld(noted, now - silence)
    if (noted.has(key) || noted.size >= mostNoted) return
    noted.set(key, now)
    const after: JsonObject = {
      kind,
      ...(source === null ? {} : { source }),
      ...(target === undefined ? {} : { target }),
    }
    const who = by === null ? {} : { userId: by.userId, sessionId: by.id }
    // Nothing is worth a refusal that could not be given because it could not be written down.
    await sessions
      .recordEvents([{ type: 'request.refused', actor, request, after, ...who }])
      .catch(() => noted.delete(key))
  }
}

function forgetOld(noted: Map<string, number>, limit: number): void {
  for (const [key, at] of noted) {
    if (at > limit) return
    noted.delete(key)
  }
}
