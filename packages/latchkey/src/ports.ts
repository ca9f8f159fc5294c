export { type ErrorCode, type ErrorContext, errorCodes, LatchkeyError } from './foundation/errors.ts'
export type { JsonObject, JsonValue } from './foundation/json.ts'
export type { Page, PageRequest } from './foundation/page.ts'
export type { Clock, Duration, Instant } from './foundation/time.ts'
export type {
  Alert,
  AlertAnswer,
  AlertId,
  AlertNote,
  AlertState,
  DetectorMode,
  DetectorSetting,
  Mute,
  Response,
} from './model/alert.ts'
export type { AuditLink } from './model/audit-link.ts'
export type { BulkEnding, BulkEndingId, BulkEndingState } from './model/bulk-ending.ts'
export { type CutOff, type CutOffScope, cutOffSubject, forever } from './model/cut-off.ts'
export {
  type Device,
  type DeviceId,
  type DevicePlace,
  type DeviceRecord,
  isDeviceId,
  type Resemblance,
  shardOfDevice,
} from './model/device.ts'
export type { DeviceInfo, DeviceType } from './model/device-info.ts'
export { type Finding, type Severity, severities } from './model/finding.ts'
export type { Fingerprint, FingerprintComponent, FingerprintHashes } from './model/fingerprint.ts'
export type { Observation, ObservationKind } from './model/observation.ts'
export type { Network, NetworkKind, Place } from './model/place.ts'
export type { RequestFacts } from './model/request-facts.ts'
export type {
  LogPosition,
  Rollup,
  RollupDimension,
  RollupInterval,
  RollupMeasure,
  RollupMember,
} from './model/rollup.ts'
export type {
  Actor,
  ChangeOrigin,
  DeviceTrust,
  Ending,
  EndReason,
  Grant,
  Seen,
  SessionRecord,
  SessionRef,
  SessionStage,
} from './model/session.ts'
export {
  createdEvent,
  cutOffEvent,
  deviceAddedEvent,
  deviceEvent,
  type EventFacts,
  type EventFilter,
  endedEvent,
  type NewSessionEvent,
  plainEvent,
  type RenewalCause,
  type Replacing,
  renewedEvent,
  type SessionEvent,
  type SessionEventType,
} from './model/session-event.ts'
export type {
  ChangedSessions,
  FacetCondition,
  InstantRange,
  LivenessBounds,
  SessionFacet,
  SessionFilter,
  SessionQuery,
  SessionSearch,
  SessionSelection,
} from './model/session-filter.ts'
export type {
  DailyCount,
  DeviceUse,
  EndedCounts,
  SessionTotals,
  UserStatistics,
} from './model/session-statistics.ts'
export { isSessionId, type SessionId, shardOfSession, shardOfUser } from './model/session-token.ts'
export { type ClientKind, clientKinds, type EndedSession, type Sighting } from './model/sighting.ts'
export { mostRetired, type PreviousToken, type Rotation, retiredHashLength } from './model/token-rotation.ts'
export {
  type DayOfSignIns,
  type KnownThing,
  type KnownVersion,
  noHistory,
  type RecentSignIn,
  type SeenPlace,
  type UserHistory,
} from './model/user-history.ts'
export type { AlertFilter, AlertStore, AlertTally, DetectionBatch } from './ports/alert-store.ts'
export type { AuditLinks } from './ports/audit-links.ts'
export type { BulkEndingStore } from './ports/bulk-ending-store.ts'
export type { CutOffStore } from './ports/cut-off-store.ts'
export type { DataKeyStore, SealedTable, StoredDataKey } from './ports/data-key-store.ts'
export type { Detector, Examination, Oddity } from './ports/detector.ts'
export type { DeviceChange, DeviceStore } from './ports/device-store.ts'
export type { EventLog } from './ports/event-log.ts'
export type { BusEars, InvalidationBus, Membership, Renewal } from './ports/invalidation-bus.ts'
export type { LiveFeed } from './ports/live-feed.ts'
export type { NodeRegistry, RegisteredNode } from './ports/node-registry.ts'
export type { PlaceData, PlaceSource } from './ports/place-source.ts'
export type { RollupBatch, RollupQuery, RollupStore } from './ports/rollup-store.ts'
export type { SealedValues, StoredValues } from './ports/sealed-values.ts'
export type { SessionStatistics, StatisticsWindow, Tally } from './ports/session-statistics.ts'
export type {
  DevicePlan,
  FadingFact,
  IdempotencyClaim,
  InsertOutcome,
  InsertPlan,
  SessionLimit,
  SessionStore,
} from './ports/session-store.ts'
export type { SignalSource } from './ports/signal-source.ts'
export type { Sharing, Storage } from './ports/storage.ts'
export type { WorkClaims } from './ports/work-claims.ts'
