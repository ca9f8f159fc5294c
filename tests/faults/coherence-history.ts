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
  (
    | Creation
    | SignIn
    | Verification
    | Renewal
    | Rotating
    | Ending
    | UserEnding
    | DeviceEnding
    | CuttingOff
    | Disabling
    | Enabling
    | Listing
    | Counting
  )

export type OfKind<Kind extends Operation['kind']> = Operation & { readonly kind: Kind }

/** What came of a call that was to bring a session. */
interface Brought {
  /** The token that was handed out. */
  readonly token: string | null
  /** When it says that it was created, by the wall clock that all nodes have; null where there is no session. */
  readonly createdAt: number | null
  /** Whether the answer was that the user is disabled: then there is no session, for sure. */
  readonly isRefused: boolean
}

export interface Creation extends Brought {
  readonly kind: 'create'
  readonly userId: string
  /** The session that gives way. */
  readonly replaces: string | null
  /** How many live sessions the user may have; those least in use give way. Null: any number. */
  readonly limit: number | null
}

/** A creation that takes the place of whatever is live on its device. */
export interface SignIn extends Brought {
  readonly kind: 'sign-in'
  readonly userId: string
  /** The token of a device that the browser showed; null: a device of its own was added. */
  readonly shown: string | null
  /** The token of the device that the session is on. */
  readonly kept: string | null
}

export type VerifyAnswer = 'accepted' | 'revoked' | 'expired' | 'pending' | 'unknown'

export interface Verification {
  readonly kind: 'verify'
  readonly token: string
  readonly answer: VerifyAnswer | null
  /** Whose session was accepted, `<session> <user>`; null where none was. */
  readonly accepted: string | null
  /** Whether the node asked its cache only. */
  readonly isCached: boolean
  /** Whether the node could write down all first uses of new tokens meanwhile. */
  readonly isNoted: boolean
}

export interface Renewal {
  readonly kind: 'renew'
  readonly id: string
  readonly outcome: 'renewed' | 'not-live' | null
  readonly token: string | null
}

export interface Rotating {
  readonly kind: 'rotate'
  /** The token that was to be replaced. */
  readonly shown: string
  /** `nothing`: there is none for it, or none any more. */
  readonly outcome: 'rotated' | 'nothing' | null
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

export interface CuttingOff {
  readonly kind: 'cut-off'
  /** Null: everybody's. */
  readonly userId: string | null
  /** Sessions created until then are over; by the wall clock. */
  readonly notBefore: number | null
}

export interface Disabling {
  readonly kind: 'disable'
  readonly userId: string
  /** How many it ended. */
  readonly ended: number | null
}

export interface Enabling {
  readonly kind: 'enable'
  readonly userId: string
  /** `nothing`: the user was not disabled. */
  readonly outcome: 'enabled' | 'nothing' | null
}

export interface Listing {
  readonly kind: 'list'
  readonly userId: string
  readonly ids: readonly string[] | null
}

export interface Counting {
  readonly kind: 'count'
  readonly userId: string
  readonly counted: number | null
}

/** Whether nobody knows what came of it. */
export function hasFailed(operation: Operation): boolean {
  switch (operation.kind) {
    case 'create':
    case 'sign-in':
      return operation.token === null && !operation.isRefused
    case 'verify':
      return operation.answer === null
    case 'end-user':
    case 'end-device':
    case 'disable':
      return operation.ended === null
    case 'cut-off':
      return operation.notBefore === null
    case 'count':
      return operation.counted === null
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
