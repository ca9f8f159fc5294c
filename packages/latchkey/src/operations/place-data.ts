import type { PlaceData } from '../ports/place-source.ts'
import type { Wiring } from './wiring.ts'

/** What places come from. */
export interface PlaceKnowledge {
  /** How exactly it is said where somebody is. */
  readonly level: 'country' | 'city'
  readonly sources: readonly PlaceData[]
}

export function placeData({ places }: Wiring): PlaceKnowledge | null {
  return places === null ? null : { level: places.level, sources: places.data() }
}
