import { createHmac, createSecretKey } from 'node:crypto'
import { deriveKey, toBase64Url } from '../../foundation/bytes.ts'
import type { SealedTable } from '../../ports/data-key-store.ts'
import { type DataKey, sealText, unsealText } from './data-key.ts'
import type { KeyRing } from './key-ring.ts'
import { keyIdLength, keyIdOf } from './sealed-text.ts'
import type { SealingNotice } from './sealing-notice.ts'

/** Seals and opens single values, under the keys of a ring. */
export interface Vault {
  readonly ring: KeyRing
  /** Null stays null. */
  seal(table: SealedTable, field: string, rowId: string, text: string | null): Promise<string | null>
  /** A text in clear is itself. Null for one that cannot be opened; those whose keys are gone are told of. */
  open(table: SealedTable, field: string, rowId: string, text: string | null): Promise<string | null>
  /** What an address is found by. Null stays null. */
  addressKey(address: string | null): string | null
  /** Tells of keys that are not there, once each. */
  tellLost(table: SealedTable, keyIds: readonly string[]): void
}

/** In bytes. Two addresses that share a key by chance would be shown as one: with 2^32 of them that is less likely than 2^-65. */
const addressKeyLength = 16

export function vault(secret: Uint8Array, ring: KeyRing, tell: (notice: SealingNotice) => void): Vault {
  const searchKey = createSecretKey(deriveKey(secret, 'address search'))
  const told = new Set<string>()

  function tellLost(table: SealedTable, keyIds: readonly string[]): void {
    const untold = keyIds.filter((id) => !told.has(id))
    for (const id of untold) told.add(id)
    if (untold.length > 0) tell({ kind: 'keys-lost', table, keyIds: untold })
  }

  /** The key of a text whose key is not known here; `none`: it is in clear. */
  async function keyMet(table: SealedTable, text: string): Promise<DataKey | 'none' | undefined> {
    const keyId = keyIdOf(text)
    if (keyId === null) return 'none'
    if (!(await ring.meet(keyId))) tellLost(table, [keyId])
    return ring.find(keyId)
  }

  return {
    ring,
    async seal(table, field, rowId, text) {
      return text === null ? null : sealText(await ring.writingKey(table), field, rowId, text)
    },
    async open(table, field, rowId, text) {
      if (text === null) return null
      const key = ring.find(text.slice(0, keyIdLength)) ?? (await keyMet(table, text))
      if (key === 'none') return text
      return key?.table === table ? unsealText(key, field, rowId, text) : null
    },
    addressKey(address) {
      if (address === null) return null
      const hash = createHmac('sha256', searchKey).update(address).digest()
      return toBase64Url(hash.subarray(0, addressKeyLength))
    },
    tellLost,
  }
}
