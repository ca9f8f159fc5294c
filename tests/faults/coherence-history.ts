/**
 * One call as its caller saw it. It started before it was sent and ended after its answer was received, in
 * milliseconds of one monotonic clock: between the two the node did what it did.
 */
interface Timed {
  readonly node: string
  readonly startedAt: number
  /** Infinity: there was never an answer. A node that died cannot act after its death was seen. */
  readonly endedAt: number
}

/** Null in an outcome means that nobody knows: an error, no answer, a node that died. It may have happened. */
export type Operation = Timed &
  (Creation | SignIn | Verification | Renewal | Ending | UserEnding | DeviceEnding | Listing)

export interface Creation {
  readonly kind: 'create'
  readonly userId: string
  /** The session that gives way. */
  readonly replaces: string | null
  /** The token that was handed out. */
  readonly token: string | null
}

/** A creation that takes the place of whatever is live on its device. */
export interface SignIn {
  readonly kind: 'sign-in'
  readonly userId: string
  /** The token of a device that the browser showed; null: a device of its own was added. */
  readonly shown: string | null
  /** The token that was handed out. */
  readonly token: string | null
  /** The token of the device that the session is on. */
  readonly kept: string | null
}

export interface Verification {
  readonly kind: 'verify'
  readonly token: string
  readonly answer: 'accepted' | 'revoked' | 'expired' | 'unknown' | null
  /** Whose session was accepted, `<session> <user>`; null where none was. */
  readonly accepted: string | null
  /** Whether the node asked its cache only. */
  readonly isCached: boolean
}

export interface Renewal {
  readonly kind: 'renew'
  readonly id: string
  readonly outcome: 'renewed' | 'not-live' | null
  readonly token: string | null
}

export interface Ending {
  readonly kind: 'end'
  readonly id: string
  /** `nothing`: it had ended. That, too, says that it is refused from now on. */
  readonly outcome: 'ended' | 'nothing' | null
}

export interface UserEnding {
  readonly kind: 'end-user'
  readonly userId: string
  /** How many it ended. */
  readonly ended: number | null
}

export interface DeviceEnding {
  readonly kind: 'end-device'
  readonly deviceId: string
  /** How many it ended. */
  readonly ended: number | null
}

export interface Listing {
  readonly kind: 'list'
  readonly userId: string
  readonly ids: readonly string[] | null
}

/** Whether nobody knows what came of it. */
export function hasFailed(operation: Operation): boolean {
  switch (operation.kind) {
    case 'create':
    case 'sign-in':
      return operation.token === null
    case 'verify':
      return operation.answer === null
    case 'end-user':
    case 'end-device':
      return operation.ended === null
    case 'list':
      return operation.ids === null
    default:
      return operation.outcome === null
  }
}

/** Of a session or of a device. */
export function idOfToken(token: string): string {
  return token.slice(0, token.indexOf('.'))
}

/** The device that a call was about, where it is known. */
export function deviceOf(operation: Operation | undefined): string | null {
  if (operation?.kind === 'end-device') return operation.deviceId
  if (operation?.kind !== 'sign-in') return null
  const token = operation.shown ?? operation.kept
  return token === null ? null : idOfToken(token)
}
