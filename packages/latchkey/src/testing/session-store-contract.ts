import { alerting } from './session-store-contract/alerting.ts'
import { auditing } from './session-store-contract/auditing.ts'
import { cleaning } from './session-store-contract/cleaning.ts'
import { closing } from './session-store-contract/closing.ts'
import { completing } from './session-store-contract/completing.ts'
import {
  type ContractCase,
  type FaultyFixture,
  type LastingFixture,
  type StorageFixture,
  withStorage,
} from './session-store-contract/contract-case.ts'
import { counting } from './session-store-contract/counting.ts'
import { cuttingOff } from './session-store-contract/cutting-off.ts'
import { devices } from './session-store-contract/devices.ts'
import { ending } from './session-store-contract/ending.ts'
import { endingInBulk } from './session-store-contract/ending-in-bulk.ts'
import { erasing } from './session-store-contract/erasing.ts'
import { fading } from './session-store-contract/fading.ts'
import { failingCases } from './session-store-contract/failing.ts'
import { filtering } from './session-store-contract/filtering.ts'
import { handlingAlerts } from './session-store-contract/handling-alerts.ts'
import { inserting } from './session-store-contract/inserting.ts'
import { lastingCases } from './session-store-contract/lasting.ts'
import { limiting } from './session-store-contract/limiting.ts'
import { linking } from './session-store-contract/linking.ts'
import { listing } from './session-store-contract/listing.ts'
import { racing } from './session-store-contract/racing.ts'
import { rollingUp } from './session-store-contract/rolling-up.ts'
import { rotating } from './session-store-contract/rotating.ts'
import { sealing } from './session-store-contract/sealing.ts'
import { settingCutOffs } from './session-store-contract/setting-cut-offs.ts'
import { signingIn } from './session-store-contract/signing-in.ts'
import { signingInAnew } from './session-store-contract/signing-in-anew.ts'
import { tallying } from './session-store-contract/tallying.ts'
import { telling } from './session-store-contract/telling.ts'
import { tellingFacts } from './session-store-contract/telling-facts.ts'
import { tightening } from './session-store-contract/tightening.ts'

/** How the contract gets at the storage that it proves. */
export interface SessionStoreContractOptions {
  /** Makes a storage for one case, with data of its own. */
  readonly create: () => Promise<StorageFixture>
  /** Where the data outlives the storage and several may share it. Default: those cases are left out. */
  readonly createLasting?: () => Promise<LastingFixture>
  /** Where single steps can be made to fail. Default: those cases are left out. */
  readonly createFaulty?: () => Promise<FaultyFixture>
  /**
   * `kept`: the storage keeps texts as it is given them. `sealed`: it seals them itself, over another storage; the
   * cases about keys and stored texts, which are for that one, are left out. Default `kept`.
   */
  readonly texts?: 'kept' | 'sealed'
}

/**
 * Every promise of the storage ports as a case for any test runner. A store is one that passes all of them on
 * its real engine.
 *
 * @example
 * for (const { name, run } of sessionStoreContract({ create })) test(name, run)
 */
export function sessionStoreContract(options: SessionStoreContractOptions): readonly ContractCase[] {
  const themes = [
    inserting,
    ending,
    listing,
    cleaning,
    fading,
    erasing,
    counting,
    telling,
    closing,
    racing,
    limiting,
    completing,
    cuttingOff,
    settingCutOffs,
    rotating,
    tightening,
    auditing,
    linking,
    filtering,
    tallying,
    tellingFacts,
    rollingUp,
    alerting,
    handlingAlerts,
    endingInBulk,
  ]
  const ofDevices = [devices, signingIn, signingInAnew, ...(options.texts === 'sealed' ? [] : [sealing])]
  const always = [...themes, ...ofDevices]
    .flat()
    .map(([name, use]) => ({ name, run: () => withStorage(options.create, use) }))
  return [
    ...always,
    ...(options.createLasting ? lastingCases(options.createLasting) : []),
    ...(options.createFaulty ? failingCases(options.createFaulty) : []),
  ]
}
