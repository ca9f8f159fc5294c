import type { EndReasonOnWire } from '../http-api/wire-types.ts'
import type { SessionServiceError } from './session-service-error.ts'

/** What every list has to say of itself. */
export interface ListSnapshot {
  /** `error`: the last attempt failed; what was known before stands. `signed-out`: this session is over. */
  readonly state: 'loading' | 'ready' | 'error' | 'signed-out'
  /** How changes arrive: at once, by asking every few seconds, or not at all. */
  readonly live: 'stream' | 'polling' | 'off'
  readonly error: SessionServiceError | null
  /** Why this session ended, where that is known; `logout` when it was ended from this very list. */
  readonly endReason: EndReasonOnWire | null
}
