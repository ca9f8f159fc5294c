export { sealsPerKey } from './stores/sealed/data-key.ts'
export type { RotatedTable } from './stores/sealed/rotation.ts'
export type { SealingNotice } from './stores/sealed/sealing-notice.ts'
export {
  type DataKeyState,
  type SealedStorage,
  type SealedStorageOptions,
  type SealedTableState,
  type Sealing,
  sealedStorage,
} from './stores/sealed/storage.ts'
