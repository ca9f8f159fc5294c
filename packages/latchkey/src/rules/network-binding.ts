import { keptAddress } from './ip-privacy.ts'

/**
 * Whether a session is used from another network (/24 or /48) than it was created in. What is unknown is no change. An
 * address of the other family is one: whoever binds sessions decides that for networks that speak one of them.
 */
export function networkHasChanged(atSignIn: string | null, now: string | null): boolean {
  if (atSignIn === null || now === null) return false
  return keptAddress(atSignIn, 'truncated') !== keptAddress(now, 'truncated')
}
