import type { AlertStore } from './alert-store.ts'
import type { AuditLinks } from './audit-links.ts'
import type { BulkEndingStore } from './bulk-ending-store.ts'
import type { CutOffStore } from './cut-off-store.ts'
import type { DataKeyStore } from './data-key-store.ts'
import type { DeviceStore } from './device-store.ts'
import type { EventLog } from './event-log.ts'
import type { InvalidationBus } from './invalidation-bus.ts'
import type { LiveFeed } from './live-feed.ts'
import type { NodeRegistry } from './node-registry.ts'
import type { RollupStore } from './rollup-store.ts'
import type { SealedValues } from './sealed-values.ts'
import type { SessionStatistics } from './session-statistics.ts'
import type { SessionStore } from './session-store.ts'
import type { WorkClaims } from './work-claims.ts'

/** One place where everything is kept: its small ports on one connection. */
export interface Storage {
  /** `memory`, `sqlite`, …: for logs and metrics. */
  readonly engine: string
  readonly sessions: SessionStore
  readonly devices: DeviceStore
  readonly statistics: SessionStatistics
  readonly events: EventLog
  readonly auditLinks: AuditLinks
  readonly cutOffs: CutOffStore
  readonly rollups: RollupStore
  readonly alerts: AlertStore
  readonly bulkEndings: BulkEndingStore
  readonly workClaims: WorkClaims
  readonly dataKeys: DataKeyStore
  readonly sealedValues: SealedValues
  readonly liveFeed: LiveFeed
  readonly sharing: Sharing

  /** Makes it ready: opens it and brings its schema up to date. Called once, before everything else. */
  open(): Promise<void>

  /** Resolves when it can be read and has the schema that this version needs; rejects otherwise. */
  ping(): Promise<void>

  /** Finishes what is under way and lets go. Later calls reject with `closed`. Calling it twice is allowed. */
  close(): Promise<void>
}

/** Who else may change the data, which decides how long a cache may answer for it. */
export type Sharing =
  /** Nobody: every change goes through this storage. */
  | { readonly kind: 'exclusive' }
  /** Other processes, too; `changeCounter` gives another number whenever one of them has changed something. Cheap and synchronous. */
  | { readonly kind: 'counted'; readonly changeCounter: () => number }
  /** Other processes, too, and each tells the others what it changes: a cache answers while it holds a lease (`cache/lease`). */
  | { readonly kind: 'announced'; readonly bus: InvalidationBus; readonly nodes: NodeRegistry }
  /** Other processes, too, and nobody tells this one what they change: a cache may never answer. */
  | { readonly kind: 'unannounced' }
