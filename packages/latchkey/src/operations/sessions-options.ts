import type { EndingReceipt } from '../cache/confirmations.ts'
import type { LeaseChange } from '../cache/lease.ts'
import { invalidArgument } from '../foundation/errors.ts'
import type { Clock, Duration } from '../foundation/time.ts'
import type { Timers } from '../foundation/timers.ts'
import type { Alert } from '../model/alert.ts'
import type { Detector } from '../ports/detector.ts'
import type { PlaceSource } from '../ports/place-source.ts'
import type { SignalSource } from '../ports/signal-source.ts'
import type { Storage } from '../ports/storage.ts'
import type {
  AddressPrivacy,
  DeviceReplacement,
  Fingerprinting,
  NetworkBinding,
  PolicyRule,
  SessionLimitAction,
} from '../rules/session-policy.ts'
import { checkInteger, checkObject, checkOneOf } from './check-argument.ts'

/** What `createSessions` is told. */
export interface SessionsOptions {
  /** Where sessions are kept: `sqliteStorage('app.db')`, `memoryStorage()`, … It is opened here and closed by `close`. */
  readonly storage: Storage
  /** Absolute lifetime of sessions that ask for none. Default `days(30)`. */
  readonly absoluteLifetime?: Duration
  /** How long a session may go unused; null: as long as it lasts. Default `days(7)`. */
  readonly idleTimeout?: Duration | null
  /** After how long in use a session gets a new token, where the answer reaches its holder; null: only when its user proves something anew. Default null. */
  readonly rotationInterval?: Duration | null
  /** How many live sessions a user may have; null: any number. Default null. */
  readonly sessionLimit?: number | null
  /** What happens where one more would pass it: `reject` refuses it (`session-limit-reached`). Default `end-least-recent`. */
  readonly atSessionLimit?: SessionLimitAction
  /** How old the last authentication may be for what asks for a recent one, such as ending other sessions; null: any age. Default `hours(24)`. */
  readonly reauthenticationWindow?: Duration | null
  /** What becomes of a session that is used from another network (/24 or /48) than it was created in. Default `off`. */
  readonly networkBinding?: NetworkBinding
  /** Tighten all of that for some sessions: by role, by trust in the device, by assurance; the strictest wins. At most 100. Default: none. */
  readonly rules?: readonly PolicyRule[]
  /** How long the audit log, which is that of all events, stays on record; null: for ever. Default `days(400)`. */
  readonly auditRetention?: Duration | null
  /** How long alerts stay on record that are resolved or false alarms; null: for ever. Default `days(400)`. */
  readonly alertRetention?: Duration | null
  /** How long numbers by the hour stay on record; null: for ever. Default `days(90)`. */
  readonly rollupHourRetention?: Duration | null
  /** How long numbers by the day stay on record; null: for ever. Default `days(1826)`. */
  readonly rollupDayRetention?: Duration | null
  /** How long what detectors know of a user stays on record after the newest sign-in; null: for ever. Default `days(400)`. */
  readonly historyRetention?: Duration | null
  /** How long ended sessions stay on record; null: for ever. Default `days(90)`. */
  readonly retention?: Duration | null
  /** What is learned about a device from a request, later ones winning. Default: none; `latchkey/signals` has some. */
  readonly signals?: readonly SignalSource[]
  /** Knows where addresses are, at sign-in only. Default: none, and nobody is located. */
  readonly places?: PlaceSource
  /** How much of an address is kept: all of it, its network (/24 or /48), or nothing. Default `full`. */
  readonly addressPrivacy?: AddressPrivacy
  /** How long addresses of sessions stay on record after sign-in; null: as long as the session. Default null. */
  readonly addressRetention?: Duration | null
  /** As `addressRetention`, of `User-Agent` headers. Default null. */
  readonly userAgentRetention?: Duration | null
  /** How long the fingerprints of a device stay on record after the newest; null: as long as the device. Default `days(90)`. */
  readonly fingerprintRetention?: Duration | null
  /** How long a device on which nobody signs in stays on record; null: for ever. Default `days(400)`. */
  readonly deviceRetention?: Duration | null
  /** `replace`: a sign-in on a known device ends its earlier sessions; `keep`: they go on. Default `replace`. */
  readonly deviceReplacement?: DeviceReplacement
  /** Whether `recordFingerprint` keeps anything: never, once the user has agreed, or always. Default `off`. */
  readonly fingerprinting?: Fingerprinting
  /** At least 32 bytes, the same in every process; `idempotencyKey` and devices need it, and the chain over the audit log is keyed by it. Default: none, and sessions have no devices. */
  readonly secret?: Uint8Array
  /** The head that `auditHead()` gave an earlier process (null: none is known), asked for once the storage is open. Without its link in the chain no further ones are made: `storage-corrupt` is reported, and `verifyAudit` finds `head-missing`. */
  readonly auditHead?: () => Promise<string | null>
  /** `memory`: verified sessions are kept in memory as long as they are provably current; `none`: the storage is read each time. Default `memory`. */
  readonly cache?: 'memory' | 'none'
  /** How many sessions the cache holds, about 500 B each. Default 100,000. */
  readonly cacheSize?: number
  /** Whether cleanup and retention run by themselves. Default `automatic`. */
  readonly cleanup?: 'automatic' | 'by-command'
  /** What looks at sign-ins and at changes inside of sessions; `latchkey/detectors` has some. Default: none, and nothing is noticed. */
  readonly detectors?: readonly Detector[]
  /** Whether numbers over time are made, with tokens that this process was shown, and detectors look at what happened, by themselves. Default: as `cleanup`. */
  readonly reports?: 'automatic' | 'by-command'
  /**
   * Tells the user of an alert of it, by mail say: where a detector is set to enforce. What takes longer
   * than 30 s has failed. Called again, later and later, while it fails, for a day; and it may be called twice for one alert.
   * Default: nobody is told.
   */
  readonly notify?: (alert: Alert) => Promise<void>
  /** Told of failures in the background, where no caller is waiting. Default: `process.emitWarning`. */
  readonly onBackgroundError?: (error: unknown, task: string) => void
  /** Told of each ending once no other node answers from its cache any more: on how many nodes, and how long it took. Must not throw. */
  readonly onConfirmed?: (receipt: EndingReceipt) => void
  /** Told when this node may answer from its cache, and when and why not any more. Must not throw. */
  readonly onLeaseChange?: (change: LeaseChange) => void
  /** Default: the machine's. */
  readonly clock?: Clock
  /** Default: the machine's. */
  readonly timers?: Timers
}

const defaultCacheSize = 100_000
/** About 8 GB: more is a mistake of unit. */
const largestCacheSize = 16_000_000
const leastSecretBytes = 32

/** Throws `invalid-argument` naming the option at fault. */
export function checkOptions(options: SessionsOptions): void {
  checkObject('options', options)
  const storage = checkObject('storage', options.storage)
  if (typeof storage['open'] !== 'function') throw invalidArgument('storage', 'must be a storage')
  const { secret, signals } = options
  if (secret !== undefined && !(secret instanceof Uint8Array && secret.byteLength >= leastSecretBytes)) {
    throw invalidArgument('secret', `must be a Uint8Array of at least ${leastSecretBytes} bytes`)
  }
  if (signals !== undefined && !(Array.isArray(signals) && signals.every(isSignalSource))) {
    throw invalidArgument('signals', 'must be an array of signal sources')
  }
  if (options.places !== undefined && !isPlaceSource(options.places)) {
    throw invalidArgument('places', 'must be a place source')
  }
  const { detectors } = options
  if (detectors !== undefined && !(Array.isArray(detectors) && areDetectors(detectors))) {
    throw invalidArgument('detectors', 'must be an array of detectors, no two of one name')
  }
  checkOneOf('cache', options.cache ?? 'memory', ['memory', 'none'])
  checkOneOf('cleanup', options.cleanup ?? 'automatic', ['automatic', 'by-command'])
  checkOneOf('reports', options.reports ?? 'automatic', ['automatic', 'by-command'])
  for (const name of ['auditHead', 'notify', 'onBackgroundError', 'onConfirmed', 'onLeaseChange'] as const) {
    const listener = options[name]
    if (listener !== undefined && typeof listener !== 'function') {
      throw invalidArgument(name, 'must be a function')
    }
  }
}

function isSignalSource(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'sense' in value && typeof value.sense === 'function'
}

function areDetectors(values: readonly unknown[]): boolean {
  const names = values.map((value) =>
    typeof value === 'object' && value !== null && 'examine' in value && typeof value.examine === 'function'
      ? nameOf(value)
      : null,
  )
  return names.every((name) => name !== null) && new Set(names).size === names.length
}

function nameOf(value: object): string | null {
  return 'name' in value && typeof value.name === 'string' ? value.name : null
}

function isPlaceSource(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'locate' in value && typeof value.locate === 'function'
  )
}

export function cacheCapacityOf(options: SessionsOptions): number {
  const size = checkInteger('cacheSize', options.cacheSize ?? defaultCacheSize, 1, largestCacheSize)
  return options.cache === 'none' ? 0 : size
}

export function reportsOf({ reports, cleanup }: SessionsOptions): 'automatic' | 'by-command' {
  return reports ?? cleanup ?? 'automatic'
}
