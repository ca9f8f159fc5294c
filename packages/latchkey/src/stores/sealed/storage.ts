import { invalidArgument } from '../../foundation/errors.ts'
import { type Clock, type Instant, systemClock } from '../../foundation/time.ts'
import { systemTimers, type Timers } from '../../foundation/timers.ts'
import { type SealedTable, sealedTables } from '../../ports/data-key-store.ts'
import type { Storage } from '../../ports/storage.ts'
import { callsUnderWay } from './calls-under-way.ts'
import { sealedDeviceStore } from './device-store.ts'
import { makeFirstKeys } from './first-keys.ts'
import { keyRing } from './key-ring.ts'
import { type RotatedTable, rotate } from './rotation.ts'
import { countNotSealed, type NotSealedByNewest } from './seal-anew.ts'
import type { SealingNotice } from './sealing-notice.ts'
import { sealedStatistics } from './session-statistics.ts'
import { sealedSessionStore } from './session-store.ts'
import { startUpkeep, type Upkeep } from './upkeep.ts'
import { type Vault, vault } from './vault.ts'

/** How `sealedStorage` seals. */
export interface SealedStorageOptions {
  /** The master secret, at least 32 bytes, the same in every process. It reaches the storage in no form. */
  readonly secret: Uint8Array
  /** Told what whoever runs it should know. Must not throw. Default: nobody. */
  readonly onNotice?: (notice: SealingNotice) => void
  /** `read-only`: no key is made, so that nothing is changed by looking. Default `read-write`. */
  readonly access?: 'read-write' | 'read-only'
  /**
   * Whether rotations are finished in the background, and with them the values that an older version has left in
   * clear. `by-command`: nothing happens by itself. Default `automatic`.
   */
  readonly upkeep?: 'automatic' | 'by-command'
  /** Told of failures in the background, where no caller is waiting. Default: `process.emitWarning`. */
  readonly onBackgroundError?: (error: unknown, task: string) => void
  /** Default: the machine's. */
  readonly clock?: Clock
  /** Default: the machine's. */
  readonly timers?: Timers
}

/** A storage that seals what it hands on. */
export interface SealedStorage extends Storage {
  readonly sealing: Sealing
}

/** What can be seen of the keys, and done about them. On an open storage. */
export interface Sealing {
  /** By table. Counts what is not sealed by the newest key, in at most `limit` rows of each. Changes nothing. */
  look(limit: number): Promise<readonly SealedTableState[]>
  /**
   * Gives each table a new key and seals everything by it, in bounded batches beside whatever else goes on; where
   * an earlier rotation was not over, goes on with that one instead. Superseded keys are taken out when nothing
   * is sealed by them any more and other processes have had five minutes to learn of the new one: so mostly by
   * the upkeep of a process that runs, or by another call later. `onProgress`: how many values each batch sealed.
   */
  rotate(onProgress?: (table: SealedTable, values: number) => void): Promise<readonly RotatedTable[]>
}

/** One table, as far as its values are sealed. */
export interface SealedTableState extends NotSealedByNewest {
  readonly table: SealedTable
  /** Oldest first. */
  readonly keys: readonly DataKeyState[]
}

/** `writing`: values are sealed by it. `superseded`: only opened. `unreadable`: wrapped under another master secret. */
export interface DataKeyState {
  readonly id: string
  readonly state: 'writing' | 'superseded' | 'unreadable'
  readonly createdAt: Instant
}

const leastSecretBytes = 32

/**
 * Keeps addresses, user agents and fingerprints sealed in another storage: by AES-256-GCM, under random keys of each
 * table, which stand in that storage too, wrapped under the secret. Addresses are found by a keyed hash, so by the
 * whole address only. What was stored in clear before is read as it is. Opening and closing it opens and closes
 * the other one. A value that cannot be opened is null, and a session is verified without any of them.
 *
 * @example
 * const secret = Buffer.from(process.env['APP_SECRET'] ?? '', 'base64')
 * const storage = sealedStorage(sqliteStorage('app.db'), { secret })
 * const sessions = await createSessions({ storage, secret })
 */
export function sealedStorage(inner: Storage, options: SealedStorageOptions): SealedStorage {
  const { secret, access = 'read-write', clock = systemClock, onNotice = () => {} } = options
  if (!(secret instanceof Uint8Array && secret.byteLength >= leastSecretBytes)) {
    throw invalidArgument('secret', `must be a Uint8Array of at least ${leastSecretBytes} bytes`)
  }
  const values = vault(secret, keyRing(inner.dataKeys, secret, clock, access), onNotice)
  const calls = callsUnderWay()
  let upkeep: Upkeep | null = null
  return {
    ...asItIs(inner),
    sessions: sealedSessionStore(inner.sessions, values, calls),
    devices: sealedDeviceStore(inner.devices, values, calls),
    statistics: sealedStatistics(inner.statistics, values),
    sealing: sealingOf(inner, values, clock),
    async open() {
      await inner.open()
      try {
        await values.ring.load()
        if (access === 'read-write') await makeFirstKeys(inner.sealedValues, values, onNotice)
      } catch (error) {
        await inner.close()
        throw error
      }
      if (access === 'read-write' && options.upkeep !== 'by-command') {
        upkeep = startUpkeep(upkeepParts(inner, values, options))
      }
    },
    ping: () => inner.ping(),
    async close() {
      await upkeep?.stop()
      await calls.settled()
      await inner.close()
    },
  }
}

/** What holds nothing that is sealed, or nothing but that. Alerts, histories and reports hold no address. */
function asItIs(inner: Storage) {
  const { engine, events, auditLinks, cutOffs, rollups, alerts, bulkEndings, workClaims } = inner
  const { dataKeys, sealedValues, liveFeed, sharing } = inner
  const reports = { rollups, alerts, bulkEndings, workClaims }
  return { engine, events, auditLinks, cutOffs, ...reports, dataKeys, sealedValues, liveFeed, sharing }
}

function upkeepParts(inner: Storage, vault: Vault, options: SealedStorageOptions) {
  return {
    values: inner.sealedValues,
    vault,
    clock: options.clock ?? systemClock,
    timers: options.timers ?? systemTimers,
    tell: options.onNotice ?? (() => {}),
    onBackgroundError: options.onBackgroundError ?? warn,
  }
}

function warn(error: unknown, task: string): void {
  const message = error instanceof Error ? error.message : 'failed'
  process.emitWarning(`${task}: ${message}`, 'LatchkeyWarning')
}

function sealingOf(inner: Storage, vault: Vault, clock: Clock): Sealing {
  return {
    async look(limit) {
      const stored = await inner.dataKeys.list()
      await vault.ring.load()
      const states: SealedTableState[] = []
      for (const table of sealedTables) {
        const newest = vault.ring.readable(table).at(-1)
        const keys = stored
          .filter((key) => key.table === table)
          .map(({ id, createdAt }) => ({ id, createdAt, state: stateOf(vault, id, newest?.id) }))
        states.push({ table, keys, ...(await countNotSealed(inner.sealedValues, vault, table, limit)) })
      }
      return states
    },
    rotate: (onProgress = () => {}) =>
      rotate(inner.sealedValues, vault, clock, { onBatch: onProgress, shouldStop: () => false }),
  }
}

function stateOf({ ring }: Vault, id: string, writing: string | undefined): DataKeyState['state'] {
  if (id === writing) return 'writing'
  return ring.find(id) ? 'superseded' : 'unreadable'
}
