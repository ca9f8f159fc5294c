import type { SessionServiceError } from '../client/session-service-error.ts'
import type { DeviceTypeOnWire, EndReasonOnWire, UserSession } from '../http-api/wire-types.ts'

/** What a confirmation says. */
export interface ConfirmationLabels {
  readonly title: string
  /** What will happen. */
  readonly text: string
  /** The button that does it. */
  readonly confirm: string
}

/** Every text of `<ActiveSessions>`. Texts that hold a name or a number are functions of it. */
export interface SessionLabels {
  readonly heading: string
  readonly count: (total: number) => string
  readonly loading: string
  readonly empty: string
  readonly loadFailed: (error: SessionServiceError) => string
  readonly retry: string
  readonly signedOut: (reason: EndReasonOnWire | null) => string
  readonly thisDevice: string
  /** Marks a session that is accepted nowhere yet. */
  readonly pending: string
  /** `ownName` is what the user calls the device; null: nothing of their own. */
  readonly deviceName: (session: UserSession, ownName: string | null) => string
  readonly deviceType: (type: DeviceTypeOnWire) => string
  readonly device: string
  readonly place: string
  readonly unknownPlace: string
  readonly lastActive: string
  readonly activeNow: string
  readonly justNow: string
  readonly signedIn: string
  readonly expires: string
  /** For when it ends unless it is used before; left out where that is not sooner. */
  readonly expiresUnused: string
  readonly end: string
  readonly endOthers: string
  readonly endAll: string
  readonly confirmOne: (name: string) => ConfirmationLabels
  readonly confirmThis: (name: string) => ConfirmationLabels
  readonly confirmOthers: (others: number) => ConfirmationLabels
  readonly confirmAll: (total: number) => ConfirmationLabels
  readonly cancel: string
  readonly working: string
  readonly endFailed: (error: SessionServiceError) => string
  /** Spoken when a session has appeared. */
  readonly appeared: (name: string) => string
  /** Spoken when a session has ended. */
  readonly disappeared: (name: string) => string
}
