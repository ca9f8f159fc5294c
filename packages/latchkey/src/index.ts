export type { EndingReceipt } from './cache/confirmations.ts'
export type { LeaseChange, LeaseLoss } from './cache/lease.ts'
export {
  type ErrorCode,
  type ErrorContext,
  errorCodes,
  invalidArgument,
  LatchkeyError,
} from './foundation/errors.ts'
export type { JsonObject, JsonValue } from './foundation/json.ts'
export type { Page, PageRequest } from './foundation/page.ts'
export {
  after,
  before,
  between,
  type Clock,
  type Duration,
  days,
  earlier,
  hours,
  type Instant,
  inSeconds,
  instantOf,
  milliseconds,
  minutes,
  seconds,
  systemClock,
  toIso,
  utcDate,
} from './foundation/time.ts'
export { systemTimers, type Timers } from './foundation/timers.ts'
export {
  type Alert,
  type AlertAnswer,
  type AlertId,
  type AlertNote,
  type AlertState,
  alertAnswers,
  alertStates,
  type DetectorMode,
  type DetectorSetting,
  detectorModes,
  type Mute,
  type Response,
  responses,
} from './model/alert.ts'
export { type AssuranceLevel, assuranceLevels } from './model/assurance-level.ts'
export {
  type BulkEnding,
  type BulkEndingId,
  type BulkEndingState,
  bulkEndingStates,
} from './model/bulk-ending.ts'
export { type CutOff, type CutOffScope, forever } from './model/cut-off.ts'
export {
  type Device,
  type DeviceId,
  type DevicePlace,
  isDeviceId,
  type Resemblance,
} from './model/device.ts'
export { type DeviceInfo, type DeviceType, deviceTypes, unknownDevice } from './model/device-info.ts'
export { type Severity, severities } from './model/finding.ts'
export { type FingerprintComponent, fingerprintComponents } from './model/fingerprint.ts'
export { type Network, type NetworkKind, networkKinds, type Place, unknownPlace } from './model/place.ts'
export { noFacts, type RequestFacts } from './model/request-facts.ts'
export { type RollupInterval, rollupIntervals } from './model/rollup.ts'
export {
  type Actor,
  type DeviceTrust,
  type EndReason,
  endReasons,
  type Session,
  type SessionStage,
  systemActor,
} from './model/session.ts'
export {
  type EventFilter,
  type NewSessionEvent,
  type RenewalCause,
  type SessionEvent,
  type SessionEventType,
  sessionEventTypes,
} from './model/session-event.ts'
export {
  type FacetCondition,
  type InstantRange,
  type SessionFacet,
  sessionFacets,
} from './model/session-filter.ts'
export type { DailyCount, EndedCounts, SessionAnalytics, SessionTotals } from './model/session-statistics.ts'
export { isSessionId, type SessionId } from './model/session-token.ts'
export type { AlertLink } from './operations/alert-links.ts'
export type { AlertOperations } from './operations/alert-operations.ts'
export {
  type Analytics,
  type AnalyticsGroup,
  type AnalyticsQuestion,
  analyticsGroups,
  longestPeriod,
  mostLines,
} from './operations/analytics.ts'
export type { AnswerOptions, AnswerOutcome } from './operations/answer-alert.ts'
export type { AuditHead, AuditOperations } from './operations/audit-operations.ts'
export type { Backtest, BacktestResult, OnBacktestProgress } from './operations/backtest.ts'
export type { AffectedSession, BacktestFigures, DetectorFindings } from './operations/backtest-counts.ts'
export type { BulkOperations, BulkPreview, BulkStart, NewBulkEnding } from './operations/bulk-operations.ts'
export type { CacheState } from './operations/cache-state.ts'
export type { AlertChange, AlertChangeOutcome } from './operations/change-alert.ts'
export type { DeviceChange, DeviceChangeOptions } from './operations/change-device.ts'
export type { ChangeOptions, RequestOptions } from './operations/change-options.ts'
export type { SessionConditions } from './operations/check-filter.ts'
export type { CleanupState } from './operations/cleanup-sessions.ts'
export type { RecountOptions } from './operations/count-again.ts'
export type { CreatedSession, NewSession, SignedInDevice } from './operations/create-session.ts'
export type { CutOffOperations, CutOffOptions } from './operations/cut-offs.ts'
export type { DetectionOperations, DetectorState } from './operations/detection-operations.ts'
export type { DeviceOperations } from './operations/devices.ts'
export type { ForgottenDevice } from './operations/forget-device.ts'
export { type Forgettable, type RetainedKind, retainedKinds } from './operations/forgettable.ts'
export type { EndManyOptions, EndOneOptions, EndOptions } from './operations/invalidate-sessions.ts'
export type { AlertConditions } from './operations/list-alerts.ts'
export type { DeviceOptions } from './operations/list-devices.ts'
export type { EventConditions, RecordedEvent } from './operations/list-events.ts'
export type { NewMute } from './operations/mutes.ts'
export type { ObservedChanges } from './operations/noted-changes.ts'
export type { Overview } from './operations/overview.ts'
export type { PlaceKnowledge } from './operations/place-data.ts'
export type { Rebuild } from './operations/rebuild-reports.ts'
export type { FingerprintValues } from './operations/record-fingerprint.ts'
export type { Recount, RecountDifference } from './operations/recount-reports.ts'
export type { Renewal } from './operations/renew-session.ts'
export type { ReportOperations, ReportState } from './operations/report-operations.ts'
export { createSessions, type Sessions } from './operations/sessions.ts'
export type { SessionsOptions } from './operations/sessions-options.ts'
export type { AuditVerification, VerifyAuditOptions } from './operations/verify-audit.ts'
export type { Verification, VerifyOptions } from './operations/verify-session.ts'
export type { Detector, Examination, Oddity } from './ports/detector.ts'
export type { PlaceData, PlaceSource } from './ports/place-source.ts'
export type { SignalSource } from './ports/signal-source.ts'
export type { Storage } from './ports/storage.ts'
export type {
  AnalyticsDurations,
  AnalyticsPoint,
  AnalyticsShare,
  AnalyticsSums,
  Period,
} from './rules/analytics-of-rollups.ts'
export { assuranceLevel } from './rules/assurance-level.ts'
export { describeEvent, type EventDescription } from './rules/audit-vocabulary.ts'
export { deviceInWords } from './rules/device-in-words.ts'
export { type FilterReading, parseFilter } from './rules/filter-grammar.ts'
export type { FilterFault } from './rules/filter-words.ts'
export { formatFilter } from './rules/format-filter.ts'
export { noFilter, type ParsedFilter } from './rules/parsed-filter.ts'
export { placeInWords } from './rules/place-in-words.ts'
export {
  type PolicyPreset,
  type PolicyPresetName,
  policyPresetNames,
  policyPresets,
} from './rules/policy-presets.ts'
export { isRecentlyAuthenticated, reauthenticationWindow } from './rules/reauthentication.ts'
export { type RetentionPoint, retentionMarks } from './rules/retention-curve.ts'
export {
  type AddressPrivacy,
  addressPrivacies,
  type DeviceReplacement,
  defaultPolicy,
  deviceReplacements,
  type Fingerprinting,
  fingerprintings,
  type NetworkBinding,
  networkBindings,
  type PolicyRule,
  type RuleCondition,
  type SessionLimitAction,
  type SessionPolicy,
  type SessionTerms,
  sessionLimitActions,
} from './rules/session-policy.ts'
export {
  type PolicyFacts,
  type TermInForce,
  type TermsInForce,
  termsFor,
} from './rules/session-terms.ts'
