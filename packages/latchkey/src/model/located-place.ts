import type { NetworkKind, Place } from './place.ts'

/** Coordinates that are where somebody is, and how far off they may be. */
export interface LocatedPlace {
  readonly latitude: number
  readonly longitude: number
  /** In kilometres; null where it is unknown. */
  readonly accuracyRadius: number | null
}

/**
 * Networks whose addresses do not tell where people are. Of relays, VPNs and Tor it is where they leave; of private ones
 * nothing is known; what is hosted is where a machine stands, such as the gateway of a company or of a VPN that no list names.
 * Phones abroad leave the mobile network in the country of their contract, minutes after a sign-in over the hotel's own. To leave
 * those out costs thefts that were used by such a network; to keep them costs an alarm for each roaming phone.
 */
const elsewhere: ReadonlySet<NetworkKind> = new Set(['private', 'relay', 'vpn', 'tor', 'hosting', 'mobile'])

/**
 * Where its user was, as far as the place tells that; null otherwise. A network of kind `unknown` does tell: most of those
 * that connect homes stand in no list.
 */
export function locatedPlace(place: Place | null): LocatedPlace | null {
  if (place === null || place.latitude === null || place.longitude === null) return null
  if (place.network !== null && elsewhere.has(place.network.kind)) return null
  const { latitude, longitude, accuracyRadius } = place
  return { latitude, longitude, accuracyRadius }
}

/** Networks that their users chose so as to be seen in another country, or that are in none. */
const withoutCountry: ReadonlySet<NetworkKind> = new Set(['private', 'relay', 'vpn', 'tor'])

/** The country that a sighting there is of; null where the network says nothing about it. */
export function countryOf(place: Place | null): string | null {
  if (place?.network != null && withoutCountry.has(place.network.kind)) return null
  return place?.country ?? null
}

/**
 * The country that the use of a session there is of. Whoever signs in over a hosting network may have their desktop there; what a
 * session goes on over is many a VPN, and says nothing of where its user is.
 */
export function countryOfUse(place: Place | null): string | null {
  return place?.network?.kind === 'hosting' ? null : countryOf(place)
}

/** Behind which somebody hides, or where programs run. */
const hiding: ReadonlySet<NetworkKind> = new Set(['vpn', 'tor', 'hosting'])

/** The kind of its network, where that hides where somebody is; null otherwise. */
export function hidingKindOf(place: Place | null): NetworkKind | null {
  const kind = place?.network?.kind ?? 'unknown'
  return hiding.has(kind) ? kind : null
}

/** As histories name it; null where it is unknown. */
export function networkKeyOf(place: Place | null): string | null {
  const asn = place?.network?.asn ?? null
  return asn === null ? null : String(asn)
}
