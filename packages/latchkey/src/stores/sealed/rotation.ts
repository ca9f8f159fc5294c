import { after, type Clock, type Duration, type Instant, minutes } from '../../foundation/time.ts'
import { type SealedTable, sealedTables } from '../../ports/data-key-store.ts'
import type { SealedValues } from '../../ports/sealed-values.ts'
import type { DataKey } from './data-key.ts'
import { type SealedAnew, sealAnew, type Watch } from './seal-anew.ts'
import type { Vault } from './vault.ts'

/**
 * How long a superseded key stays after its successor was made. Other processes seal by it until they look at the
 * ring again (`ringAge`), clocks may differ by a minute, and a sign-in may be under way: a value that is sealed by
 * a key that is gone is lost. Longer: nothing but a key more in the ring.
 */
export const supersededFor: Duration = minutes(5)

/** Walks through one table in one go: others may seal by an earlier key meanwhile, but not for long. */
const mostWalks = 4

/** What became of one table. */
export interface RotatedTable {
  readonly table: SealedTable
  /** The key that everything is sealed by from now on. */
  readonly keyId: string
  /** `begun`: the key is a new one. `continued`: an earlier rotation was not over, and this was its key. */
  readonly rotation: 'begun' | 'continued'
  /** Values that were sealed by it. */
  readonly sealed: number
  /** Values that could not be read, and were left as they are. */
  readonly unreadable: number
  /** Superseded keys that were taken out, as nothing is sealed by them any more. */
  readonly retired: readonly string[]
  /** Superseded keys that stay for now. */
  readonly kept: readonly string[]
  /** From when on those may be taken out; null where none is kept. */
  readonly retirableAt: Instant | null
}

/** When the keys that this one supersedes may be taken out. */
export function retirableAt(newest: DataKey): Instant {
  return after(newest.createdAt, supersededFor)
}

/** Whether a table has more than the one key that it should have. */
export function isRotating({ ring }: Vault, table: SealedTable): boolean {
  return ring.readable(table).length > 1
}

/** Gives each table a new key, or goes on where an earlier rotation was not over, and seals everything by it. */
export async function rotate(
  stored: SealedValues,
  vault: Vault,
  clock: Clock,
  watch: Watch,
): Promise<readonly RotatedTable[]> {
  const rotated: RotatedTable[] = []
  await vault.ring.load()
  for (const table of sealedTables) {
    const rotation = isRotating(vault, table) ? 'continued' : 'begun'
    if (rotation === 'begun') await vault.ring.add(table, 'another')
    const finishing = { ...watch, superseded: 'retire' } as const
    rotated.push({ ...(await finishRotation(stored, vault, table, clock, finishing)), rotation })
  }
  return rotated
}

/** How a rotation is finished. */
export interface Finishing extends Watch {
  /** `keep`: whoever finishes it knows that it is too early to take out superseded keys, whatever the clock says. */
  readonly superseded: 'retire' | 'keep'
}

/** Seals everything of the table by its newest key and takes out the others, as far as that is safe already. */
export async function finishRotation(
  stored: SealedValues,
  vault: Vault,
  table: SealedTable,
  clock: Clock,
  watch: Finishing,
): Promise<Omit<RotatedTable, 'rotation'>> {
  const begunAt = clock.now()
  const { sealed, unreadable, isDone } = await walkUntilDone(stored, vault, table, watch)
  await vault.ring.load()
  const newest = await vault.ring.writingKey(table)
  const superseded = vault.ring.readable(table).filter(({ id }) => id !== newest.id)
  const mayRetire = watch.superseded === 'retire' && isDone && begunAt >= retirableAt(newest)
  if (mayRetire) for (const key of superseded) await vault.ring.remove(key)
  const ids = superseded.map(({ id }) => id)
  return {
    table,
    keyId: newest.id,
    sealed,
    unreadable,
    retired: mayRetire ? ids : [],
    kept: mayRetire ? [] : ids,
    retirableAt: mayRetire || ids.length === 0 ? null : retirableAt(newest),
  }
}

interface Walked {
  readonly sealed: number
  readonly unreadable: number
  /** The last walk went through the whole table and found nothing to seal. */
  readonly isDone: boolean
}

async function walkUntilDone(
  stored: SealedValues,
  vault: Vault,
  table: SealedTable,
  watch: Watch,
): Promise<Walked> {
  let sealed = 0
  let last: SealedAnew = { values: 0, unreadable: 0, isWhole: false }
  for (let walk = 0; walk < mostWalks; walk += 1) {
    last = await sealAnew(stored, vault, table, watch)
    sealed += last.values
    if (!last.isWhole || last.values === 0) break
  }
  return { sealed, unreadable: last.unreadable, isDone: last.isWhole && last.values === 0 }
}
