import type { Session } from '../model/session.ts'

/** A value for every outcome. */
export type Verification =
  | { readonly active: true; readonly session: Session }
  | { readonly active: false; readonly reason: 'unknown' | 'expired' | 'revoked' }

export interface VerifyOptions {
  /** `background`: a request that no person made (polling, prefetching): it does not put off the idle timeout. Default `user`. */
  readonly activity?: 'user' | 'background'
}
