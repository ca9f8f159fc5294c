import { toBase64Url } from '../../foundation/bytes.ts'
import type { Instant } from '../../foundation/time.ts'
import type { SessionRecord } from '../../model/session.ts'
import type { SessionId } from '../../model/session-token.ts'
import type { PreviousToken, Rotation } from '../../model/token-rotation.ts'

type Terms = Pick<SessionRecord, 'roles' | 'deviceTrust' | 'stage' | 'succeeds' | 'challengedAt'>

const plainTerms: Terms = {
  roles: [],
  deviceTrust: 'untrusted',
  stage: 'complete',
  succeeds: null,
  challengedAt: null,
}
const nothingNamed = '{}'

/** Whether the user of a row of `user_sessions` owes a factor. */
export const isPendingCondition = `terms ->> '$.pending' IS 1`

/** Names what differs from nothing, so that most rows are no larger for it. */
export function fromTerms(terms: Terms): string {
  const { roles, deviceTrust, stage, succeeds, challengedAt } = terms
  const isPlain = roles.length === 0 && deviceTrust === 'untrusted' && stage === 'complete'
  if (isPlain && succeeds === null && challengedAt === null) return nothingNamed
  return JSON.stringify({
    roles: roles.length > 0 ? roles : undefined,
    device_trust: deviceTrust === 'trusted' ? deviceTrust : undefined,
    pending: stage === 'pending' ? true : undefined,
    succeeds: succeeds ?? undefined,
    challenged_at: challengedAt ?? undefined,
  })
}

export function toTerms(text: string): Terms {
  if (text === nothingNamed) return plainTerms
  const terms = JSON.parse(text) as {
    readonly roles?: readonly string[]
    readonly device_trust?: string
    readonly pending?: boolean
    readonly succeeds?: SessionId
    readonly challenged_at?: Instant
  }
  return {
    roles: terms.roles ?? [],
    deviceTrust: terms.device_trust === 'trusted' ? 'trusted' : 'untrusted',
    stage: terms.pending === true ? 'pending' : 'complete',
    succeeds: terms.succeeds ?? null,
    challengedAt: terms.challenged_at ?? null,
  }
}

/** As it is stored; bytes in Base64url. */
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

export function toRotation(text: string): Rotation {
  const { issued_at: issuedAt, retired, previous } = JSON.parse(text) as StoredRotation
  return { issuedAt, retired: toBytes(retired), previous: previous && toToken(previous) }
}

function fromToken(token: PreviousToken): StoredToken {
  return {
    secret_hash: toBase64Url(token.secretHash),
    nonce: token.nonce && toBase64Url(token.nonce),
    succeeded_at: token.succeededAt,
    authenticated_at: token.authenticatedAt,
    amr: token.amr,
    roles: token.roles,
  }
}

function toToken(token: StoredToken): PreviousToken {
  return {
    secretHash: toBytes(token.secret_hash),
    nonce: token.nonce === null ? null : toBytes(token.nonce),
    succeededAt: token.succeeded_at,
    authenticatedAt: token.authenticated_at,
    amr: token.amr,
    roles: token.roles,
  }
}

function toBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'))
}
