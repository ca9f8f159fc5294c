import { type Instant, instantOf } from '../foundation/time.ts'
import type { DeviceId } from './device.ts'
import type { Actor } from './session.ts'

/** Whose sessions a cut-off is about. */
export type CutOffScope =
  | { readonly kind: 'user'; readonly userId: string }
  | { readonly kind: 'device'; readonly userId: string; readonly deviceId: DeviceId }
  | { readonly kind: 'everybody' }

/**
 * Every session of the scope that was created at `notBefore` or earlier is over, whether anything has ended it or not,
 * and none can be created then. Of several that concern a session the latest wins.
 */
export interface CutOff {
  readonly scope: CutOffScope
  /** `forever`: there is no session and no new one. A user with it is disabled. */
  readonly notBefore: Instant
  readonly setAt: Instant
  readonly by: Actor
  /** Why, in the words of who set it; null where they said nothing. */
  readonly note: string | null
}

/** The last instant that there is (ECMA-262, time values). */
export const forever: Instant = instantOf(8_640_000_000_000_000)

/** Under which a cut-off is kept: `*`, `user:…`, `device:…`. */
export function cutOffSubject(scope: CutOffScope): string {
  if (scope.kind === 'everybody') return '*'
  return scope.kind === 'user' ? `user:${scope.userId}` : `device:${scope.deviceId}`
}
