import type { Place } from '../model/place.ts'
import type { Wiring } from './wiring.ts'

/** Where an address is, of all of it: what is kept of it may be less. Null where nobody knows. */
export function locate({ places, report }: Wiring, address: string | null): Place | null {
  if (places === null || address === null) return null
  try {
    return places.locate(address)
  } catch (error) {
    // A source that breaks its promise must not keep anybody from signing in.
    report(error, `places ${places.name}`)
    return null
  }
}
