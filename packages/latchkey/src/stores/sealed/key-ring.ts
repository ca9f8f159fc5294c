import { createSecretKey, type KeyObject } from 'node:crypto'
import { deriveKey } from '../../foundation/bytes.ts'
import { LatchkeyError } from '../../foundation/errors.ts'
import { after, type Clock, type Duration, milliseconds, seconds } from '../../foundation/time.ts'
import type { DataKeyStore, SealedTable } from '../../ports/data-key-store.ts'
import { type DataKey, newDataKey } from './data-key.ts'
import { type LoadedKeys, loadedKeys } from './loaded-keys.ts'

/** The keys that values are sealed by. */
export interface KeyRing extends Omit<LoadedKeys, 'age'> {
  /**
   * The newest key of the table, by a look that is not older than `ringAge`. Where somebody has emptied the ring
   * meanwhile, a new one is made: or else nobody could sign in until the next start. Rejects when none may be made.
   */
  writingKey(table: SealedTable): Promise<DataKey>
  /**
   * Makes sure that a key which another process has made is known here: looks at the storage once for each id
   * that is not known, and never again for one that is not there either. Resolves to whether the key is there.
   */
  meet(id: string): Promise<boolean>
  /** Adds a key that is newer than every other of its table. `first`: only where the table has no key at all. */
  add(table: SealedTable, which: 'first' | 'another'): Promise<void>
  /** Takes a key out, for good. */
  remove(key: DataKey): Promise<void>
}

/**
 * How old the knowledge may be by which a value is sealed. Longer: a superseded key seals for longer after a
 * rotation. Shorter: sign-ins look at the ring more often, one read each time.
 */
export const ringAge: Duration = seconds(60)

/** Ids that are not there: so many at most are looked for. Damaged values bring others than that, for nothing. */
const mostMissing = 1_000

/** `read-only`: a key that is not there is not made up for. */
export type RingAccess = 'read-write' | 'read-only'

export function keyRing(
  store: DataKeyStore,
  secret: Uint8Array,
  clock: Clock,
  access: RingAccess = 'read-write',
): KeyRing {
  const wrapping = createSecretKey(deriveKey(secret, 'data keys'))
  const loaded = loadedKeys(store, wrapping, clock)
  const missing = new Set<string>()
  const { add, makeUpFor } = keyMaker(store, wrapping, loaded, clock)

  return {
    ...loaded,
    add,
    async writingKey(table) {
      if (loaded.age() > ringAge) await loaded.load()
      if (loaded.readable(table).length === 0 && access === 'read-write') await makeUpFor(table)
      const newest = loaded.readable(table).at(-1)
      if (newest) return newest
      throw new LatchkeyError('storage-failed', `There is no data key of ${table} to seal values by.`)
    },
    async meet(id) {
      if (loaded.find(id)) return true
      if (missing.has(id) || missing.size >= mostMissing) return false
      await loaded.load()
      const isThere = loaded.find(id) !== undefined
      if (!isThere) missing.add(id)
      return isThere
    },
    async remove(key) {
      await store.remove(key.id)
      await loaded.load()
    },
  }
}

interface KeyMaker extends Pick<KeyRing, 'add'> {
  /** Makes a key for a table without one that can be read: one for all who ask at once. */
  makeUpFor(table: SealedTable): Promise<void>
}

function keyMaker(store: DataKeyStore, wrapping: KeyObject, loaded: LoadedKeys, clock: Clock): KeyMaker {
  const beingMade = new Map<SealedTable, Promise<void>>()

  async function add(table: SealedTable, which: 'first' | 'another'): Promise<void> {
    const newest = loaded.readable(table).at(-1)
    const now = clock.now()
    const createdAt = newest && newest.createdAt >= now ? after(newest.createdAt, milliseconds(1)) : now
    const key = newDataKey(wrapping, table, createdAt)
    if (which === 'first') await store.addFirst(key)
    else await store.add(key)
    await loaded.load()
  }

  return {
    add,
    makeUpFor(table) {
      const which = loaded.unreadable(table).length === 0 ? 'first' : 'another'
      const making = beingMade.get(table) ?? add(table, which).finally(() => beingMade.delete(table))
      beingMade.set(table, making)
      return making
    },
  }
}
