import type { VerifyOptions } from '../operations/verify-session.ts'
import { headerOf, type RequestHead } from './request-head.ts'

/** Whether a person made the request, or it is `background`: polling, prefetching. */
export type Activity = NonNullable<VerifyOptions['activity']>

/**
 * What the request says of itself: `X-Latchkey-Activity: background` where a client says that no person made it, or
 * `Sec-Purpose: prefetch` where the browser does.
 */
export function activityOf(head: RequestHead): Activity {
  return activityIn(headerOf(head, 'x-latchkey-activity'), headerOf(head, 'sec-purpose'))
}

/** As `activityOf`, by the values of the two headers. */
export function activityIn(activity: string | null, purpose: string | null): Activity {
  if (activity?.toLowerCase() === 'background') return 'background'
  // `prefetch`, `prefetch;prerender`, …: a list of structured fields (Fetch Standard).
  return purpose !== null && /^\s*prefetch\b/i.test(purpose) ? 'background' : 'user'
}
