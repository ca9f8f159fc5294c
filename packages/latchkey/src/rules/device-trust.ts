import { after, type Duration, days, type Instant } from '../foundation/time.ts'

/** As long as browsers keep a cookie at most (RFC 6265bis, section 5.5): a device is not known for longer anyway. */
export const longestTrust: Duration = days(400)

/** Until when a device is trusted that is so from now on. */
export function trustUntil(now: Instant, trustedFor: Duration): Instant {
  return after(now, trustedFor)
}

/** Until when a device is trusted; null when it is not, or not any more: at the very instant it no longer is. */
export function trustInForce(trustedUntil: Instant | null, now: Instant): Instant | null {
  return trustedUntil !== null && trustedUntil > now ? trustedUntil : null
}
