export type { EndingReceipt } from './cache/confirmations.ts'
export type { LeaseChange, LeaseLoss } from './cache/lease.ts'
export {
  type ErrorCode,
  type ErrorContext,
  errorCodes,
  invalidArgument,
  LatchkeyError,
} from './foundation/errors.ts'
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
export { type DeviceInfo, type DeviceType, deviceTypes, unknownDevice } from './model/device-info.ts'
export { noFacts, type RequestFacts } from './model/request-facts.ts'
export { type Actor, type EndReason, endReasons, type Session, systemActor } from './model/session.ts'
export {
  type NewSessionEvent,
  type SessionEvent,
  type SessionEventType,
  sessionEventTypes,
} from './model/session-event.ts'
export type { SessionFilter } from './model/session-filter.ts'
export type { DailyCount, EndedCounts, SessionAnalytics, SessionTotals } from './model/session-statistics.ts'
export { isSessionId, type SessionId } from './model/session-token.ts'
export type { CacheState } from './operations/cache-state.ts'
export type { CleanupState } from './operations/cleanup-sessions.ts'
export type { CreatedSession, NewSession } from './operations/create-session.ts'
export type { EndManyOptions, EndOneOptions, EndOptions } from './operations/invalidate-sessions.ts'
export type { Renewal } from './operations/renew-session.ts'
export { createSessions, type Sessions } from './operations/sessions.ts'
export type { SessionsOptions } from './operations/sessions-options.ts'
export type { Verification, VerifyOptions } from './operations/verify-session.ts'
export type { SignalSource } from './ports/signal-source.ts'
export type { Storage } from './ports/storage.ts'
export { defaultPolicy, type SessionPolicy } from './rules/session-policy.ts'
