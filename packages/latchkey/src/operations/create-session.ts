import type { DeviceInfo } from '../model/device-info.ts'
import type { Actor, Session } from '../model/session.ts'

export interface NewSession {
  /** 1 to 255 characters. */
  readonly userId: string
  /** What the caller knows of the device; wins over what the signal sources make of the other fields. */
  readonly deviceInfo?: Partial<DeviceInfo>
  readonly ipAddress?: string | null
  readonly userAgent?: string | null
  readonly clientHints?: Readonly<Record<string, string>> | null
  /** Absolute lifetime in days; default: the policy's. Not together with `expiresInSeconds`. */
  readonly expiresInDays?: number
  /** Absolute lifetime in seconds; default: the policy's. */
  readonly expiresInSeconds?: number
  /** How the user proved who they are, in the names of RFC 8176; default: none stated. */
  readonly amr?: readonly string[]
  /** A session of the same user that ends in the same step, with the reason `replaced`. */
  readonly replaces?: string
  /** Repeating the call with the same key within 24 hours brings the same session and token. Needs the option `secret`. */
  readonly idempotencyKey?: string
  /** Who creates it; default: the user. */
  readonly createdBy?: Actor
}

export interface CreatedSession {
  readonly session: Session
  /** The only time that it can be had. */
  readonly token: string
}
