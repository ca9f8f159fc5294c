import type { Instant } from '../foundation/time.ts'
import type { LivenessBounds } from '../model/session-filter.ts'
import type { SessionLimitAction, SessionPolicy } from './session-policy.ts'
import { livenessBounds } from './session-status.ts'
import type { TermsInForce } from './session-terms.ts'

/** How many live sessions the user of a new one may have with it, and what happens at more; null: any number. */
export function limitAtSignIn(
  policy: SessionPolicy,
  { sessionLimit }: Pick<TermsInForce, 'sessionLimit'>,
  now: Instant,
): { readonly most: number; readonly atLimit: SessionLimitAction; readonly bounds: LivenessBounds } | null {
  if (sessionLimit.value === null) return null
  return { most: sessionLimit.value, atLimit: policy.atSessionLimit, bounds: livenessBounds(policy, now) }
}
