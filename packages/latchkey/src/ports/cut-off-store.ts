import type { CutOff, CutOffScope } from '../model/cut-off.ts'
import type { ChangeOrigin, SessionRef } from '../model/session.ts'

/** Where cut-offs are kept. Atomicity and errors are those of `SessionStore`, which heeds them in everything that it brings. */
export interface CutOffStore {
  /**
   * Puts it on record, durably, where none of its scope is there that is as late or later; otherwise nothing is
   * changed. Of a user's and a device's the sessions that it concerns end in the same step, with the reason `revoked`, and
   * are returned; of everybody's, `SessionStore.cleanup` ends them later. Writes `cut-off.set`, and `session.ended` for each.
   * It is announced like an ending also where it changed nothing, everybody's as `everybody`.
   */
  set(cutOff: CutOff, origin: ChangeOrigin): Promise<readonly SessionRef[]>

  /**
   * Takes back one that is for ever: `notBefore` becomes `origin.at`. False, and nothing is changed, where there is none or it
   * is not for ever. Writes `cut-off.lifted`.
   */
  lift(scope: CutOffScope, origin: ChangeOrigin): Promise<boolean>

  /** Null where there is none of that scope. */
  find(scope: CutOffScope): Promise<CutOff | null>

  /** The newest by `setAt` first, at most `limit`. */
  list(limit: number): Promise<readonly CutOff[]>
}
