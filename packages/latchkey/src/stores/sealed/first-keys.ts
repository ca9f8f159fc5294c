import { type SealedTable, sealedTables } from '../../ports/data-key-store.ts'
import type { SealedValues, StoredValues } from '../../ports/sealed-values.ts'
import { keyIdOf } from './sealed-text.ts'
import type { SealingNotice } from './sealing-notice.ts'
import type { Vault } from './vault.ts'

/** Rows that are looked at where a ring has to be made for a table that is in use. */
const rowsLookedAt = 100

/** No key has this name, so that every value is one that it has not sealed. */
const nobody = '--------.'

/**
 * Sees to it that each table has a key to seal values by, and tells of values that were there before it.
 *
 * A table that holds values already gets two: what is sealed by the newest key only is a table with one key, and
 * one with more is a rotation under way, which goes on until nothing is left to be sealed anew. So whoever starts
 * after this process was killed knows that it has not finished.
 */
export async function makeFirstKeys(
  values: SealedValues,
  vault: Vault,
  tell: (notice: SealingNotice) => void,
): Promise<void> {
  const { ring } = vault
  for (const table of sealedTables) {
    vault.tellLost(table, ring.unreadable(table))
    if (ring.readable(table).length > 0) continue
    const left = await values.notSealedBy(table, nobody, null, rowsLookedAt)
    await ring.add(table, ring.unreadable(table).length === 0 ? 'first' : 'another')
    if (left.length === 0) continue
    if (ring.readable(table).length === 1) await ring.add(table, 'another')
    tellOf(table, left, vault, tell)
  }
}

function tellOf(
  table: SealedTable,
  left: readonly StoredValues[],
  { ring, tellLost }: Vault,
  tell: (notice: SealingNotice) => void,
): void {
  const texts = left.flatMap(({ values }) => Object.values(values)).filter((text) => text !== null)
  const ids = texts.map(keyIdOf)
  const lost = ids.filter((id) => id !== null).filter((id) => !ring.find(id))
  tellLost(table, [...new Set(lost)])
  if (ids.includes(null)) tell({ kind: 'values-in-clear', table })
}
