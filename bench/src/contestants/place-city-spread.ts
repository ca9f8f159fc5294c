import type { Preparation } from '../contestant.ts'
import { looksUpPlaces } from '../signals/looks-up-places.ts'

/** All over the internet, each new to what is kept of the ones before. */
export const prepare: Preparation = () => looksUpPlaces('city', 300_000)
