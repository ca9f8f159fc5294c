import type { Preparation } from '../contestant.ts'
import { looksUpPlaces } from '../signals/looks-up-places.ts'

/** As many as sign in at once: what they need of the data is in the processor's caches. */
export const prepare: Preparation = () => looksUpPlaces('country', 1_000)
