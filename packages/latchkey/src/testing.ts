export { type FakeClock, fakeClock } from './testing/fake-clock.ts'
export {
  type FrameworkCase,
  type FrameworkUnderTest,
  frameworkContract,
} from './testing/framework-contract.ts'
export type {
  ContractCase,
  FaultyFixture,
  LastingFixture,
  StorageFixture,
} from './testing/session-store-contract/contract-case.ts'
export { type SessionStoreContractOptions, sessionStoreContract } from './testing/session-store-contract.ts'
