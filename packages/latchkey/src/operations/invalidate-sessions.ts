import type { Actor, EndReason } from '../model/session.ts'

export interface EndOptions {
  /** Default `revoked`. */
  readonly reason?: EndReason
  /** Default `system`. */
  readonly by?: Actor
}

export interface EndOneOptions extends EndOptions {
  /** End it only when it is this user's; default: whoever's it is. */
  readonly ofUser?: string
}

export interface EndManyOptions extends EndOptions {
  /** The session to leave alone. */
  readonly except?: string
}
