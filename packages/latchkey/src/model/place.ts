/**
 * What kind of network an address belongs to. `relay`: one that many people share without choosing a place (a
 * privacy relay). `private`: not routed on the internet (RFC 1918, RFC 4193, loopback, …). `unknown` is said
 * rather than guessed.
 */
export const networkKinds = ['isp', 'mobile', 'hosting', 'relay', 'vpn', 'tor', 'private', 'unknown'] as const

/** One of {@link networkKinds}. */
export type NetworkKind = (typeof networkKinds)[number]

/** The network that announces an address. */
export interface Network {
  /** The number of the autonomous system (RFC 6793); null where it is unknown. */
  readonly asn: number | null
  /** As its holder registered it; null where it is unknown. */
  readonly name: string | null
  readonly kind: NetworkKind
}

/** Where an address is, as far as data that is kept offline knows. Null fields are unknown, never guessed. */
export interface Place {
  /** ISO 3166-1 alpha-2 in capitals (`NO`). */
  readonly country: string | null
  /** In English. */
  readonly region: string | null
  /** In English. */
  readonly city: string | null
  /** In degrees north, WGS 84. Null together with `longitude`. */
  readonly latitude: number | null
  /** In degrees east, WGS 84. */
  readonly longitude: number | null
  /** Around the coordinates, in kilometres: the true place is within it more often than not. Null where it is unknown. */
  readonly accuracyRadius: number | null
  readonly network: Network | null
}

/** An address of which nothing is known. */
export const unknownPlace: Place = {
  country: null,
  region: null,
  city: null,
  latitude: null,
  longitude: null,
  accuracyRadius: null,
  network: null,
}
