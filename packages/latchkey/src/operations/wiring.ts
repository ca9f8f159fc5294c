import { ActivityWriter } from '../cache/activity-writer.ts'
import type { Coherence } from '../cache/coherence.ts'
import { createCoherence } from '../cache/create-coherence.ts'
import { SessionCache } from '../cache/session-cache.ts'
import { deriveKey } from '../foundation/bytes.ts'
import { type Clock, systemClock } from '../foundation/time.ts'
import { systemTimers, type Timers } from '../foundation/timers.ts'
import type { Alert } from '../model/alert.ts'
import type { Detector } from '../ports/detector.ts'
import type { PlaceSource } from '../ports/place-source.ts'
import type { SignalSource } from '../ports/signal-source.ts'
import type { Storage } from '../ports/storage.ts'
import type { SessionPolicy } from '../rules/session-policy.ts'
import { AlertBell } from './alert-bell.ts'
import { DecoyIds } from './decoy-ids.ts'
import { NotedChanges } from './noted-changes.ts'
import { policyOf } from './policy-options.ts'
import { cacheCapacityOf, checkOptions, reportsOf, type SessionsOptions } from './sessions-options.ts'
import { SignInMoments } from './sign-in-moment.ts'
import { VerificationCounter } from './verification-counter.ts'

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
  /** Signs links by which alerts are answered; null without the option `secret`. */
  readonly alertKey: Uint8Array | null
  /** To be rung once there is an alert with a response. */
  readonly alertBell: AlertBell
  /** Tells a user of an alert; null: nobody does. */
  readonly notify: ((alert: Alert) => Promise<void>) | null
  /** Under which rollups hold who was seen; null without the option `secret`: then by a plain hash. */
  readonly reportKey: Uint8Array | null
  readonly notedChanges: NotedChanges
  /** What notices oddities; none: nobody looks. */
  readonly detectors: readonly Detector[]
  readonly verifications: VerificationCounter
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
    ...{ clock, timers },
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
    ...keysOf(secret),
    alertBell: new AlertBell(),
    notify: options.notify ?? null,
    detectors: options.detectors ?? [],
    notedChanges: new NotedChanges(options.detectors ?? [], keyFor(secret, 'audit sources')),
    verifications: new VerificationCounter(
      storage.events,
      clock,
      reportsOf(options) === 'automatic' ? timers : null,
      (error) => report(error, 'verification-counter'),
    ),
    decoys: new DecoyIds(Math.random),
    signInMoments: new SignInMoments(),
    places: options.places ?? null,
    report,
  }
}

type Keys = Pick<Wiring, 'idempotencySecretKey' | 'deviceKeys' | 'auditKey' | 'alertKey' | 'reportKey'>

function keysOf(secret: Uint8Array | undefined): Keys {
  return {
    idempotencySecretKey: keyFor(secret, 'idempotent session secrets'),
    deviceKeys: secret === undefined ? null : deviceKeysOf(secret),
    auditKey: keyFor(secret, 'audit chain'),
    alertKey: keyFor(secret, 'alert links'),
    reportKey: keyFor(secret, 'report members'),
  }
}

function keyFor(secret: Uint8Array | undefined, purpose: string): Uint8Array | null {
  return secret === undefined ? null : deriveKey(secret, purpose)
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
