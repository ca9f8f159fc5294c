import type { Detector } from '../ports/detector.ts'
import { aboveHabit } from './above-habit.ts'
import { clientChanged } from './client-changed.ts'
import { countryChanged } from './country-changed.ts'
import { dormantAccount } from './dormant-account.ts'
import { impossibleTravel } from './impossible-travel.ts'
import { networkChanged } from './network-changed.ts'
import { newCountry } from './new-country.ts'
import { newDevice } from './new-device.ts'
import { newNetwork } from './new-network.ts'
import { oddHour } from './odd-hour.ts'
import { programmaticClient } from './programmatic-client.ts'
import { refusedTokens } from './refused-tokens.ts'
import { sessionBurst } from './session-burst.ts'
import { sharedDevice } from './shared-device.ts'
import { tokenReuse } from './token-reuse.ts'
import { versionDowngrade } from './version-downgrade.ts'

/** All of them, as the program hands them over. */
export const defaultDetectors: readonly Detector[] = [
  newDevice,
  newCountry,
  newNetwork,
  impossibleTravel,
  countryChanged,
  networkChanged,
  clientChanged,
  programmaticClient,
  versionDowngrade,
  sharedDevice,
  sessionBurst,
  aboveHabit,
  dormantAccount,
  refusedTokens,
  tokenReuse,
  oddHour,
]
