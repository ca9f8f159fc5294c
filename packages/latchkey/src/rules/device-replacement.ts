import type { SessionPolicy } from './session-policy.ts'

/**
 * What becomes of the sessions on a device when its user signs in there again. One browser shows one session at a
 * time: an earlier one could be ended by nobody in it, and the list of sessions would fill with rows of one browser.
 */
export function earlierSessionsOf(policy: SessionPolicy): 'end-earlier' | 'keep-earlier' {
  return policy.deviceReplacement === 'replace' ? 'end-earlier' : 'keep-earlier'
}
