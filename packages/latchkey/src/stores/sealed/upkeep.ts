import { type Clock, type Duration, minutes, seconds } from '../../foundation/time.ts'
import { spread, type Timers } from '../../foundation/timers.ts'
import { type SealedTable, sealedTables } from '../../ports/data-key-store.ts'
import type { SealedValues } from '../../ports/sealed-values.ts'
import type { DataKey } from './data-key.ts'
import { finishRotation, isRotating, retirableAt, supersededFor } from './rotation.ts'
import type { SealingNotice } from './sealing-notice.ts'
import type { Vault } from './vault.ts'

/** Late enough not to slow down a start. */
const firstAfter: Duration = seconds(5)

/** Longer: what a rotation left to others is finished later. Shorter: the ring is looked at for nothing. */
const interval: Duration = minutes(1)

/** What the upkeep of a sealed storage works with. */
export interface UpkeepParts {
  readonly values: SealedValues
  readonly vault: Vault
  readonly clock: Clock
  readonly timers: Timers
  readonly tell: (notice: SealingNotice) => void
  readonly onBackgroundError: (error: unknown, task: string) => void
}

/** Finishes rotations until `stop`, which resolves when nothing is under way any more. */
export interface Upkeep {
  stop(): Promise<void>
}

/**
 * Looks at the ring now and then and finishes what rotations have left: those that were interrupted, values in
 * clear of an older version, and superseded keys that were still too young to be taken out.
 */
export function startUpkeep(parts: UpkeepParts): Upkeep {
  let underway: Promise<void> = Promise.resolve()
  let stopped = false
  const finish = finisher(parts, () => stopped)
  let cancel = wakeAfter(firstAfter)

  function wakeAfter(delay: Duration): () => void {
    return parts.timers.after(spread(delay, Math.random()), () => {
      underway = runOnce().then(() => {
        if (!stopped) cancel = wakeAfter(interval)
      })
    })
  }

  async function runOnce(): Promise<void> {
    try {
      await parts.vault.ring.load()
      for (const table of sealedTables) if (isRotating(parts.vault, table)) await finish(table)
    } catch (error) {
      if (!stopped) parts.onBackgroundError(error, 'sealing anew')
    }
  }

  return {
    stop() {
      stopped = true
      cancel()
      return underway
    },
  }
}

/**
 * Finishes the rotation of a table; a second time only once keys may be taken out: until then it would be for nothing.
 * That is when this process has known the newest for long enough, too: it may have been made by a clock that is behind.
 */
function finisher(parts: UpkeepParts, shouldStop: () => boolean): (table: SealedTable) => Promise<void> {
  const { values, vault, clock, tell } = parts
  /** By table: which key was the newest when everything had been sealed by it. */
  const sealedBy = new Map<SealedTable, string>()
  /** By key: when it was first met as the newest, on the monotonic clock. */
  const metAt = new Map<string, number>()

  function mayRetireFor(newest: DataKey): boolean {
    const now = clock.monotonic()
    const met = metAt.get(newest.id) ?? now
    metAt.set(newest.id, met)
    return now - met >= supersededFor && clock.now() >= retirableAt(newest)
  }

  return async (table) => {
    const newest = await vault.ring.writingKey(table)
    const superseded = mayRetireFor(newest) ? 'retire' : 'keep'
    if (sealedBy.get(table) === newest.id && superseded === 'keep') return
    const watch = { onBatch: () => {}, shouldStop, superseded } as const
    const finished = await finishRotation(values, vault, table, clock, watch)
    if (shouldStop()) return
    sealedBy.set(table, finished.keyId)
    if (finished.sealed > 0) tell({ kind: 'sealed-anew', table, values: finished.sealed })
  }
}
