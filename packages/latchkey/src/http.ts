export { canonicalAddress } from './foundation/ip-address.ts'
export {
  accountUserSchema,
  findingsResponseSchema,
  loginResponseSchema,
  meResponseSchema,
  passwordResponseSchema,
  setupStateResponseSchema,
  totalsResponseSchema,
} from './http-api/account-schemas.ts'
export {
  alertSchema,
  alertsResponseSchema,
  detectorSchema,
  detectorsResponseSchema,
  muteSchema,
  mutesResponseSchema,
} from './http-api/alert-admin-schemas.ts'
export { answerAlertSchema, ownAlertsResponseSchema } from './http-api/alert-schemas.ts'
export {
  type AnalyticsAsked,
  toAnalyticsDurations,
  toAnalyticsPoint,
  toAnalyticsResponse,
  toAnalyticsShare,
  toAnalyticsSums,
} from './http-api/analytics-on-wire.ts'
export { sessionAnalyticsSchema } from './http-api/analytics-schema.ts'
export type { AnswerAtOnce } from './http-api/answer-at-once.ts'
export type {
  ApiApp,
  ApiContext,
  ApiEnvironment,
  AuthenticateService,
  ServiceIdentity,
} from './http-api/api-environment.ts'
export type { ApiTools } from './http-api/api-tools.ts'
export { toAuditEntry } from './http-api/audit-entry.ts'
export {
  auditEntriesResponseSchema,
  auditEntrySchema,
  auditVerificationResponseSchema,
  cutOffResponseSchema,
  cutOffsResponseSchema,
} from './http-api/audit-schemas.ts'
export { backtestLineSchema } from './http-api/backtest-schemas.ts'
export {
  bulkEndingSchema,
  bulkEndingsResponseSchema,
  bulkPreviewResponseSchema,
  savedFiltersResponseSchema,
} from './http-api/bulk-ending-schemas.ts'
export { changeDeviceSchema } from './http-api/change-device-schema.ts'
export { cutOffNote, notBefore } from './http-api/cut-off-requests.ts'
export {
  deviceEventSchema,
  devicesResponseSchema,
  forgetDeviceResponseSchema,
  userDeviceSchema,
} from './http-api/device-schemas.ts'
export { healthResponseSchema } from './http-api/health-schema.ts'
export { byApiKey, bySession } from './http-api/openapi.ts'
export { optionalBody } from './http-api/optional-body.ts'
export { policyResponseSchema } from './http-api/policy-schemas.ts'
export {
  alertNotFound,
  deviceNotFound,
  factorRequired,
  type ProblemCode,
  type ProblemContext,
  ProblemError,
  problemCodes,
  reauthenticationRequired,
  unauthenticated,
} from './http-api/problem.ts'
export { type ProblemDescription, problemSchema, problems } from './http-api/problem-schema.ts'
export type { Refusals, RefusedCredential } from './http-api/refusals.ts'
export { analyticsResponseSchema, overviewResponseSchema } from './http-api/report-schemas.ts'
export type { AnsweredRequest } from './http-api/request-frame.ts'
export { newRequestId } from './http-api/request-id.ts'
export {
  addressInBody,
  alertIdInPath,
  deviceIdInPath,
  knownShape,
  sessionIdInPath,
  userIdInPath,
} from './http-api/request-schemas.ts'
export { retentionResponseSchema } from './http-api/retention-schema.ts'
export {
  managedSessionSchema,
  managedSessionsResponseSchema,
  revokeSessionResponseSchema,
  revokeSessionsResponseSchema,
  sessionCountResponseSchema,
  sessionEventSchema,
  sessionsResponseSchema,
  userSessionSchema,
} from './http-api/session-schemas.ts'
export { createSessionsApi, type SessionsApi, type SessionsApiOptions } from './http-api/sessions-api.ts'
export { userOverviewResponseSchema } from './http-api/user-overview-schema.ts'
export type { PassOn } from './http-api/verify-at-once.ts'
export type * from './http-api/wire-types.ts'
export type { Activity } from './transport/activity.ts'
export type { SiteData } from './transport/clear-site-data.ts'
export { parseTrustedProxies, type TrustedProxies } from './transport/client-address.ts'
export { clientHintHeaders, type HeadersToSet } from './transport/client-hint-headers.ts'
export type { CredentialKind } from './transport/credential.ts'
export { hasDotSegments } from './transport/dot-segments.ts'
export type { ForwardedHeader } from './transport/forwarded-hops.ts'
export type { CheckOptions, GuardOutcome, RefusalReason, SignedIn } from './transport/guard-outcome.ts'
export {
  type ClosableSocket,
  guardSocket,
  sessionEndedCode,
  sessionRenewedCode,
} from './transport/guard-socket.ts'
export type { WatchOptions } from './transport/guarded-connections.ts'
export type { NoteRefused, RefusedKind, RefusedRequest } from './transport/refused-requests.ts'
export type { ConnectionFacts, RequestHead } from './transport/request-head.ts'
export { type NameSource, sourceNames } from './transport/request-source.ts'
export {
  createSessionGuard,
  type EndedSession,
  type RenewedSession,
  type SessionGuard,
  type SessionGuardOptions,
  type StartedSession,
} from './transport/session-guard.ts'
