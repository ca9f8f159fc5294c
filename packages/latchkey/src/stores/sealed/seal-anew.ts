import { networkOfAddress } from '../../foundation/address-network.ts'
import { nextTurn } from '../../foundation/timers.ts'
import type { SealedTable } from '../../ports/data-key-store.ts'
import type { SealedValues, StoredValues } from '../../ports/sealed-values.ts'
import { keyIdOf } from './sealed-text.ts'
import type { Vault } from './vault.ts'

/**
 * Rows in one step. Larger: sign-ins wait for longer behind it, above all on SQLite. Smaller: more round trips.
 */
const batchSize = 200

/** What a walk through a table came to. */
export interface SealedAnew {
  /** Values that it sealed by the newest key. */
  readonly values: number
  /** Values that could not be read, and were left as they are. */
  readonly unreadable: number
  /** False where it was told to stop. */
  readonly isWhole: boolean
}

/** Who watches a walk, and may end it. */
export interface Watch {
  /** After each batch: how many values it sealed. */
  readonly onBatch: (table: SealedTable, values: number) => void
  readonly shouldStop: () => boolean
}

/**
 * One walk through a table, in bounded batches: seals by its newest key whatever is in clear or sealed by another
 * one. A value that somebody else changes meanwhile is left to them, so that a table is done when a walk found
 * nothing to seal. Several processes may do it at once.
 */
export async function sealAnew(
  stored: SealedValues,
  vault: Vault,
  table: SealedTable,
  watch: Watch,
): Promise<SealedAnew> {
  let [values, unreadable, afterId] = [0, 0, null as string | null]
  for (;;) {
    if (watch.shouldStop()) return { values, unreadable, isWhole: false }
    const { prefix } = await vault.ring.writingKey(table)
    const read = await stored.notSealedBy(table, prefix, afterId, batchSize)
    const last = read.at(-1)
    if (!last) return { values, unreadable, isWhole: true }
    afterId = last.id
    const rows = await Promise.all(read.map((row) => sealRow(vault, table, prefix, row)))
    const changed = rows.flatMap(({ next }, index) => (next === null ? [] : [{ was: read[index], next }]))
    await stored.replace(
      table,
      changed.flatMap(({ was }) => was ?? []),
      changed.map(({ next }) => next),
    )
    const sealed = sum(rows.map((row) => row.sealed))
    values += sealed
    unreadable += sum(rows.map((row) => row.unreadable))
    watch.onBatch(table, sealed)
    await nextTurn()
  }
}

interface SealedRow {
  /** Null where nothing of it changes. */
  readonly next: StoredValues | null
  readonly sealed: number
  readonly unreadable: number
}

async function sealRow(
  vault: Vault,
  table: SealedTable,
  prefix: string,
  row: StoredValues,
): Promise<SealedRow> {
  const next: Record<string, string | null> = { ...row.values }
  let { addressKey, rangeKey } = row
  let [sealed, unreadable] = [0, 0]
  for (const [field, text] of Object.entries(row.values)) {
    if (text === null || text.startsWith(prefix)) continue
    const opened = await vault.open(table, field, row.id, text)
    if (opened === null) {
      unreadable += 1
      continue
    }
    next[field] = await vault.seal(table, field, row.id, opened)
    sealed += 1
    // It may have been made under another master secret, or be the address itself.
    if (field === 'ipAddress') {
      addressKey = vault.addressKey(opened)
      rangeKey = vault.addressKey(networkOfAddress(opened))
    }
  }
  return {
    next: sealed === 0 ? null : { id: row.id, values: next, addressKey, rangeKey },
    sealed,
    unreadable,
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}

/** What of a table is not sealed by its newest key. */
export interface NotSealedByNewest {
  readonly inClear: number
  readonly byEarlierKey: number
  readonly unreadable: number
  /** False where the walk ended before the table did, since it had seen so many rows. */
  readonly isWhole: boolean
}

/** Counts what `sealAnew` would find, in at most `limit` rows. Changes nothing. */
export async function countNotSealed(
  stored: SealedValues,
  vault: Vault,
  table: SealedTable,
  limit: number,
): Promise<NotSealedByNewest> {
  const newest = vault.ring.readable(table).at(-1)
  const prefix = newest?.prefix ?? '.'
  let [inClear, byEarlierKey, unreadable, seen, afterId] = [0, 0, 0, 0, null as string | null]
  while (seen < limit) {
    const rows = await stored.notSealedBy(table, prefix, afterId, Math.min(batchSize, limit - seen))
    const last = rows.at(-1)
    if (!last) return { inClear, byEarlierKey, unreadable, isWhole: true }
    ;[afterId, seen] = [last.id, seen + rows.length]
    for (const { id, values } of rows) {
      for (const [field, text] of Object.entries(values)) {
        if (text === null || text.startsWith(prefix)) continue
        if (keyIdOf(text) === null) inClear += 1
        else if ((await vault.open(table, field, id, text)) === null) unreadable += 1
        else byEarlierKey += 1
      }
    }
  }
  return { inClear, byEarlierKey, unreadable, isWhole: false }
}
