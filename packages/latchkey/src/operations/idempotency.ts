import { hmacSha256, sha256, toBase64Url } from '../foundation/bytes.ts'
import { invalidArgument } from '../foundation/errors.ts'
import { before, type Instant } from '../foundation/time.ts'
import type { SessionId } from '../model/session-token.ts'
import type { IdempotencyClaim } from '../ports/session-store.ts'
import { idempotencyWindow } from '../rules/session-policy.ts'
import type { CheckedRequest } from './new-session.ts'

/** What makes a call to `createSession` repeatable. */
export interface Idempotency {
  readonly claim: IdempotencyClaim
  /** The secret of the session that the claim belongs to: the same each time, for that session only. */
  secretOf(id: SessionId): Uint8Array
}

export function idempotencyOf(
  secretKey: Uint8Array | null,
  key: string,
  request: CheckedRequest,
  now: Instant,
): Idempotency {
  if (secretKey === null) {
    throw invalidArgument('idempotencyKey', 'needs the option `secret` of createSessions')
  }
  const keyHash = sha256(key)
  return {
    claim: {
      keyHash,
      // Keyed: a plain hash of a request would tell whoever can guess the rest of it which address it came from.
      requestHash: hmacSha256(secretKey, `request\0${canonicalJson(request)}`),
      forgetBefore: before(now, idempotencyWindow),
    },
    secretOf: (id) => hmacSha256(secretKey, `${id}.${toBase64Url(keyHash)}`),
  }
}

/** The same text for the same content, whatever the order in which it was put together. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
