import { hmacSha256, sha256, toBase64Url } from '../foundation/bytes.ts'
import { invalidArgument } from '../foundation/errors.ts'
import { canonicalJson } from '../foundation/json.ts'
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
      requestHash: hmacSha256(secretKey, `request\0${canonicalJson(contentOf(request))}`),
      forgetBefore: before(now, idempotencyWindow),
    },
    secretOf: (id) => hmacSha256(secretKey, `${id}.${toBase64Url(keyHash)}`),
  }
}

/** What says nothing is left out, as it was before there was a way to say it: calls are repeated across an update, too. */
function contentOf({ roles, stage, ...content }: CheckedRequest): object {
  return { ...content, ...(roles.length === 0 ? {} : { roles }), ...(stage === 'complete' ? {} : { stage }) }
}
