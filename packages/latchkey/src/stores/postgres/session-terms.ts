import { toBase64Url } from '../../foundation/bytes.ts'
import type { Instant } from '../../foundation/time.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { PreviousToken, Rotation } from '../../model/token-rotation.ts'
import { fromJson } from './json-columns.ts'
import { fromStoredText, toStoredText } from './stored-text.ts'

// JSON in `snake_case`, bytes in Base64url.

type Terms = Pick<SessionRecord, 'roles' | 'deviceTrust' | 'stage' | 'succeeds' | 'challengedAt'>

const plainTerms: Terms = {
  roles: [],
  deviceTrust: 'untrusted',
  stage: 'complete',
  succeeds: null,
  challengedAt: null,
}

interface StoredTerms {
  readonly roles: readonly string[]
  readonly device_trust: Terms['deviceTrust']
  readonly stage: Terms['stage']
  /** Left out where it is null. */
  readonly succeeds?: SessionId
  /** Left out where it is null. */
  readonly challenged_at?: Instant
}

/** Whether the user of a row of `user_sessions` owes a factor. */
export const isPendingCondition = `coalesce(terms ->> 'stage', 'complete') = 'pending'`

/** Null where nothing is to be said, so that most rows are no larger for it. */
export function fromTerms({ roles, deviceTrust, stage, succeeds, challengedAt }: Terms): string | null {
  const isPlain = roles.length === 0 && deviceTrust === 'untrusted' && stage === 'complete'
  if (isPlain && succeeds === null && challengedAt === null) return null
  const stored: StoredTerms = {
    roles: roles.map(toStoredText),
    device_trust: deviceTrust,
    stage,
    ...(succeeds === null ? {} : { succeeds }),
    ...(challengedAt === null ? {} : { challenged_at: challengedAt }),
  }
  return JSON.stringify(stored)
}

export function toTerms(value: unknown): Terms {
  if (value === null) return plainTerms
  const stored = fromJson<StoredTerms>(value)
  const {
    roles,
    device_trust: deviceTrust,
    stage,
    succeeds = null,
    challenged_at: challengedAt = null,
  } = stored
  return { roles: roles.map(fromStoredText), deviceTrust, stage, succeeds, challengedAt }
}

interface StoredRotation {
  readonly issued_at: Instant
  readonly retired: string
  readonly previous: StoredToken | null
}

interface StoredToken {
  readonly secret_hash: string
  readonly nonce: string | null
  readonly succeeded_at: Instant | null
  readonly authenticated_at: Instant
  readonly amr: readonly string[]
  readonly roles: readonly string[]
}

export function fromRotation({ issuedAt, retired, previous }: Rotation): string {
  const stored: StoredRotation = {
    issued_at: issuedAt,
    retired: toBase64Url(retired),
    previous: previous && fromToken(previous),
  }
  return JSON.stringify(stored)
}

export function toRotation(value: unknown): Rotation {
  const { issued_at: issuedAt, retired, previous } = fromJson<StoredRotation>(value)
  return { issuedAt, retired: toBytes(retired), previous: previous && toToken(previous) }
}

function fromToken(token: PreviousToken): StoredToken {
  return {
    secret_hash: toBase64Url(token.secretHash),
    nonce: token.nonce && toBase64Url(token.nonce),
    succeeded_at: token.succeededAt,
    authenticated_at: token.authenticatedAt,
    amr: token.amr.map(toStoredText),
    roles: token.roles.map(toStoredText),
  }
}

function toToken(token: StoredToken): PreviousToken {
  return {
    secretHash: toBytes(token.secret_hash),
    nonce: token.nonce === null ? null : toBytes(token.nonce),
    succeededAt: token.succeeded_at,
    authenticatedAt: token.authenticated_at,
    amr: token.amr.map(fromStoredText),
    roles: token.roles.map(fromStoredText),
  }
}

function toBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'))
}
