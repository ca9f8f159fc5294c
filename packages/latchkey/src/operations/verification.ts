import type { Session, SessionStage } from '../model/session.ts'

/** A value for every outcome. */
export type Verification =
  | {
      readonly active: true
      readonly session: Session
      /**
       * Whether it is time for a new token: hand the token to `rotateSession` where the answer reaches its holder. Never
       * so for a token that has a successor.
       */
      readonly rotationDue: boolean
    }
  /** `pending`: it is live, and its user still owes a factor. */
  | { readonly active: false; readonly reason: 'unknown' | 'expired' | 'revoked' | 'pending' }

/** What is known about the request besides its token. */
export interface VerifyOptions {
  /** `background`: a request that no person made (polling, prefetching): it does not put off the idle timeout. Default `user`. */
  readonly activity?: 'user' | 'background'
  /** Which sessions are accepted: those whose user has proved everything, or, to ask for the factor that is owed, those who have not. Default `complete`. */
  readonly stage?: SessionStage
  /** Where the request comes from; for `networkBinding` and detectors, which pass over what is null or left out. */
  readonly ipAddress?: string | null
  /** The `User-Agent` header of the request; for detectors that compare it with that of the sign-in. */
  readonly userAgent?: string | null
  /** The id of the request; for events that it causes. */
  readonly request?: string
}
