import type { JsonObject } from '../foundation/json.ts'
import { countryOfUse } from './located-place.ts'
import { networkKinds, type Place, unknownPlace } from './place.ts'

/**
 * What findings about a change inside a session have as `seen` in their evidence: where it was used then. An answer to the
 * alert is about that, and not about where the session began.
 */
export function evidenceOfPlace(place: Place): JsonObject {
  const { asn = null, kind = 'unknown' } = place.network ?? {}
  return { country: countryOfUse(place), network: asn, kind }
}

/** As far as it matters to histories; null where the evidence says nothing of it. */
export function placeInEvidence({ seen }: JsonObject): Place | null {
  if (typeof seen !== 'object' || seen === null || Array.isArray(seen)) return null
  const { country = null, network = null, kind = null } = seen as JsonObject
  const asn = typeof network === 'number' ? network : null
  const known = networkKinds.find((one) => one === kind) ?? 'unknown'
  return {
    ...unknownPlace,
    country: typeof country === 'string' ? country : null,
    network: { asn, name: null, kind: known },
  }
}
