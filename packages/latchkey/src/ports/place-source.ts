import type { Instant } from '../foundation/time.ts'
import type { Place } from '../model/place.ts'

/** Data from which places are known. */
export interface PlaceData {
  readonly name: string
  /** SPDX (`CC-BY-4.0`), or as its owner says. */
  readonly licence: string
  /** What has to be shown wherever places are; null where nothing has. */
  readonly attribution: string | null
  readonly url: string | null
  /** When the data was made; null where it does not say. */
  readonly builtAt: Instant | null
}

/** Knows where addresses are, from data that is at hand: it asks nobody. */
export interface PlaceSource {
  readonly name: string
  /** How exactly it may say where somebody is. */
  readonly level: 'country' | 'city'
  /** What its knowledge comes from, with what is due to those who made it. */
  data(): readonly PlaceData[]
  /** What it knows of an address in canonical form; null where it knows nothing. Never throws. */
  locate(address: string): Place | null
}
