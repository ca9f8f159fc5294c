import type { KeyObject } from 'node:crypto'
import type { Clock, Duration } from '../../foundation/time.ts'
import type { DataKeyStore, SealedTable } from '../../ports/data-key-store.ts'
import { type DataKey, unwrapDataKey } from './data-key.ts'

/** The keys of the storage, unwrapped, as of the last look at it. */
export interface LoadedKeys {
  /** Looks at the storage anew: at a moment after the call, for all who call until then. */
  load(): Promise<void>
  /** How long ago the last look began. */
  age(): Duration
  /** The key of that id; undefined where there is none that can be read. */
  find(id: string): DataKey | undefined
  /** Readable keys of the table, oldest first. */
  readable(table: SealedTable): readonly DataKey[]
  /** Ids of keys that cannot be unwrapped. They are kept: the master secret that can may come back. */
  unreadable(table: SealedTable): readonly string[]
}

export function loadedKeys(store: DataKeyStore, wrapping: KeyObject, clock: Clock): LoadedKeys {
  let known: ReadonlyMap<string, DataKey> = new Map()
  let unreadable: readonly Pick<DataKey, 'id' | 'table'>[] = []
  let loadedAt = Number.NEGATIVE_INFINITY
  let underway: Promise<void> | null = null

  async function look(): Promise<void> {
    const begun = clock.monotonic()
    const stored = await store.list()
    const read = stored.map((key) => known.get(key.id) ?? unwrapDataKey(wrapping, key))
    known = new Map(read.filter((key) => key !== null).map((key) => [key.id, key]))
    unreadable = stored.filter((_, index) => read[index] === null)
    loadedAt = begun
  }

  return {
    async load() {
      // One that began earlier may have missed what the caller asks about: then another one follows it.
      await underway?.catch(() => {})
      underway ??= look().finally(() => {
        underway = null
      })
      return underway
    },
    age: () => (clock.monotonic() - loadedAt) as Duration,
    find: (id) => known.get(id),
    readable: (table) => [...known.values()].filter((key) => key.table === table),
    unreadable: (table) => unreadable.filter((key) => key.table === table).map(({ id }) => id),
  }
}
