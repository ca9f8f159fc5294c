import { ActivityWriter } from '../cache/activity-writer.ts'
import type { Coherence } from '../cache/coherence.ts'
import { createCoherence } from '../cache/create-coherence.ts'
import { SessionCache } from '../cache/session-cache.ts'
import { deriveKey } from '../foundation/bytes.ts'
import { type Clock, systemClock } from '../foundation/time.ts'
import { systemTimers, type Timers } from '../foundation/timers.ts'
import type { PlaceSource } from '../ports/place-source.ts'
import type { SignalSource } from '../ports/signal-source.ts'
import type { Storage } from '../ports/storage.ts'
import type { SessionPolicy } from '../rules/session-policy.ts'
import { DecoyIds } from './decoy-ids.ts'
import { NetworkChanges } from './network-changes.ts'
import { policyOf } from './policy-options.ts'
import { cacheCapacityOf, checkOptions, type SessionsOptions } from './sessions-options.ts'
import { SignInMoments } from './sign-in-moment.ts'

/** What the verbs work with. Made once by `createSessions`. */
export interface Wiring {
  readonly storage: Storage
  readonly policy: SessionPolicy
  readonly clock: Clock
  readonly timers: Timers
  readonly cache: SessionCache
  readonly coherence: Coherence
  readonly activity: ActivityWriter
  readonly signals: readonly SignalSource[]
  /** Makes secrets that can be made again from an idempotency key; null without the option `secret`. */
  readonly idempotencySecretKey: Uint8Array | null
  /** Null without the option `secret`: then there are no devices. */
  readonly deviceKeys: DeviceKeys | null
  /** Under which the audit log is chained; null without the option `secret`: then the chain is a plain hash. */
  readonly auditKey: Uint8Array | null
  readonly networkChanges: NetworkChanges
  readonly decoys: DecoyIds
  readonly signInMoments: SignInMoments
  /** Null: nobody is located. */
  readonly places: PlaceSource | null
  readonly report: (error: unknown, task: string) => void
}

/** What devices are known by. */
export interface DeviceKeys {
  /** Signs device tokens. */
  readonly tokens: Uint8Array
  /** Under which what a browser says of itself is hashed. */
  readonly fingerprints: Uint8Array
}

/** Throws `invalid-argument` naming the option at fault. Touches nothing. */
export function wire(options: SessionsOptions): Wiring {
  checkOptions(options)
  const { storage, secret } = options
  const timers = options.timers ?? systemTimers
  const report = options.onBackgroundError ?? warn
  const cache = new SessionCache(cacheCapacityOf(options))
  const clock = options.clock ?? systemClock
  const coherence = createCoherence(storage.sharing, cache, {
    clock,
    timers,
    caching: options.cache ?? 'memory',
    onConfirmed: options.onConfirmed ?? ignore,
    onLeaseChange: options.onLeaseChange ?? ignore,
    report: (error) => report(error, 'coherence'),
  })
  return {
    storage,
    policy: policyOf(options),
    clock,
    timers,
    cache,
    coherence,
    activity: new ActivityWriter(storage.sessions, timers, (error) => report(error, 'activity')),
    signals: options.signals ?? [],
    idempotencySecretKey: secret === undefined ? null : deriveKey(secret, 'idempotent session secrets'),
    deviceKeys: secret === undefined ? null : deviceKeysOf(secret),
    auditKey: secret === undefined ? null : deriveKey(secret, 'audit chain'),
    networkChanges: new NetworkChanges(
      storage.events,
      secret === undefined ? null : deriveKey(secret, 'audit sources'),
      (error) => report(error, 'network-changes'),
    ),
    decoys: new DecoyIds(Math.random),
    signInMoments: new SignInMoments(),
    places: options.places ?? null,
    report,
  }
}

function deviceKeysOf(secret: Uint8Array): DeviceKeys {
  return { tokens: deriveKey(secret, 'device tokens'), fingerprints: deriveKey(secret, 'fingerprints') }
}

function ignore(): void {
  // Nobody asked to be told.
}

function warn(error: unknown, task: string): void {
  const message = error instanceof Error ? error.message : 'an unknown error'
  process.emitWarning(`${task}: ${message}`, 'LatchkeyWarning')
}
