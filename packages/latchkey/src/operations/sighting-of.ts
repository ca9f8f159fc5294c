import type { SessionFacts } from '../model/session.ts'
import type { Sighting } from '../model/sighting.ts'
import { clientKind } from '../rules/client-kind.ts'

/** What events keep of somebody who was seen: what a record says of them, without the address. */
export function sightingOf(
  { userAgent, deviceInfo, place, amr }: Pick<SessionFacts, 'userAgent' | 'deviceInfo' | 'place' | 'amr'>,
  otherUsers: number | null,
): Sighting {
  const { type, browser, browserVersion, os, osVersion } = deviceInfo
  return {
    client: clientKind(userAgent, deviceInfo),
    device: { type, browser, browserVersion, os, osVersion },
    place,
    amr,
    otherUsers,
  }
}
