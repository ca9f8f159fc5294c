import type {
  RevokeSessionResponse,
  RevokeSessionsResponse,
  SessionsResponse,
} from '../http-api/wire-types.ts'
import type { RequestOptions } from './session-request.ts'

/** The calls that a live list makes. `SessionService` has them. */
export interface SessionCalls {
  getUserSessions(options?: RequestOptions): Promise<SessionsResponse>
  revokeSession(sessionId: string, options?: RequestOptions): Promise<RevokeSessionResponse>
  revokeOtherSessions(options?: RequestOptions): Promise<RevokeSessionsResponse>
  revokeAllSessions(options?: RequestOptions): Promise<RevokeSessionsResponse>
}
