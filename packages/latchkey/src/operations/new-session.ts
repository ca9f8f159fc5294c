import { invalidArgument } from '../foundation/errors.ts'
import { canonicalAddress } from '../foundation/ip-address.ts'
import { type Duration, days, seconds } from '../foundation/time.ts'
import type { DeviceInfo } from '../model/device-info.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import type { Actor, SessionStage } from '../model/session.ts'
import { isSessionId, type SessionId } from '../model/session-token.ts'
import {
  checkActor,
  checkAmr,
  checkLifetime,
  checkObject,
  checkOneOf,
  checkRoles,
  checkText,
  checkUserId,
} from './check-argument.ts'
import { checkClientHints, checkDevice, cutText } from './session-device.ts'

/** What a session is created from. Texts are well-formed and without NUL characters. */
export interface NewSession {
  /** 1 to 255 characters. */
  readonly userId: string
  /** What the caller knows of the device; wins over what the signal sources make of the other fields. */
  readonly deviceInfo?: Partial<DeviceInfo>
  /** In any spelling; IPv4 inside IPv6 counts as IPv4. Of it, what `addressPrivacy` allows is kept. */
  readonly ipAddress?: string | null
  readonly userAgent?: string | null
  readonly clientHints?: Readonly<Record<string, string>> | null
  /** Absolute lifetime in days; default: the policy's. Not together with `expiresInSeconds`. */
  readonly expiresInDays?: number
  /** Absolute lifetime in seconds; default: the policy's. */
  readonly expiresInSeconds?: number
  /** How the user proved who they are, in the names of RFC 8176; default: none stated. */
  readonly amr?: readonly string[]
  /** What the user may do, as the policy's rules name it; at most 32, 1 to 64 characters each. Default: none. */
  readonly roles?: readonly string[]
  /**
   * `pending`: the user still owes a factor, see `renewSession`; it lasts 10 minutes, or as long as was asked for where that
   * is less, and what completes it as long as the policy says. It counts for no limit, and ends no session until it is
   * completed. Default `complete`.
   */
  readonly stage?: SessionStage
  /** The id of the request, which stands in the events; default: none. */
  readonly request?: string
  /** A session of the same user that ends in the same step, with the reason `replaced`; of a pending one when it is completed. */
  readonly replaces?: string
  /** Repeating the call with the same key within 24 hours brings the same session and token. Needs the option `secret`. */
  readonly idempotencyKey?: string
  /**
   * The device tokens that the browser keeps, one for each user who signed in in it; an empty array for a browser
   * that keeps none. The session is on the user's device that one of the first 8 names, or on a new one. Null or
   * left out: the caller takes no part, and the session has no device. Needs the option `secret`.
   */
  readonly deviceTokens?: readonly string[] | null
  /** Who creates it; default: the user. */
  readonly createdBy?: Actor
}

/** What is asked for, after every check; a repeated call asks for the same. Which devices a browser names is no part of it. */
export interface CheckedRequest {
  readonly userId: string
  readonly device: Partial<DeviceInfo>
  readonly facts: RequestFacts
  /** Null: the policy's. */
  readonly lifetime: Duration | null
  readonly amr: readonly string[]
  readonly roles: readonly string[]
  readonly stage: SessionStage
  readonly replaces: SessionId | null
  readonly actor: Actor
  readonly idempotencyKey: string | null
}

/** In characters. Browsers send less than half of that; what is longer is cut. */
export const longestUserAgent = 1_024
const longestIdempotencyKey = 255

/** Throws `invalid-argument` naming the field at fault. */
export function checkRequest(request: NewSession): CheckedRequest {
  checkObject('request', request)
  const userId = checkUserId('userId', request.userId)
  const key = request.idempotencyKey
  return {
    userId,
    device: checkDevice(request.deviceInfo),
    facts: checkFacts(request),
    lifetime: checkRequestedLifetime(request),
    amr: checkAmr('amr', request.amr ?? []),
    roles: checkRoles('roles', request.roles ?? []),
    stage: checkOneOf('stage', request.stage ?? 'complete', ['complete', 'pending']),
    // What is no session id names no session: then nothing gives way.
    replaces: isSessionId(request.replaces) ? request.replaces : null,
    actor: checkActor('createdBy', request.createdBy ?? `user:${userId}`),
    idempotencyKey: key === undefined ? null : checkText('idempotencyKey', key, longestIdempotencyKey),
  }
}

function checkFacts(request: NewSession): RequestFacts {
  const { ipAddress = null, userAgent = null, clientHints } = request
  const address = typeof ipAddress === 'string' ? canonicalAddress(ipAddress) : null
  if (ipAddress !== null && address === null) {
    throw invalidArgument('ipAddress', 'must be an IPv4 or IPv6 address, or null')
  }
  if (userAgent !== null && typeof userAgent !== 'string') {
    throw invalidArgument('userAgent', 'must be a string or null')
  }
  return {
    ipAddress: address,
    userAgent: userAgent === null ? null : cutText(userAgent, longestUserAgent),
    clientHints: checkClientHints(clientHints),
  }
}

function checkRequestedLifetime({ expiresInDays, expiresInSeconds }: NewSession): Duration | null {
  if (expiresInDays !== undefined && expiresInSeconds !== undefined) {
    throw invalidArgument('expiresInSeconds', 'must not stand beside a lifetime in days')
  }
  if (expiresInDays !== undefined) return checkLifetime('expiresInDays', expiresInDays, days)
  if (expiresInSeconds !== undefined) return checkLifetime('expiresInSeconds', expiresInSeconds, seconds)
  return null
}
