import { expect, it } from 'vitest'
import { randomSecret } from '../foundation/bytes.ts'
import { instantOf } from '../foundation/time.ts'
import { idempotencyOf } from './idempotency.ts'
import { checkRequest } from './new-session.ts'

const now = instantOf(0)
const secret = randomSecret(32)
const request = checkRequest({ userId: 'ada', ipAddress: '192.0.2.77', userAgent: 'Canary/4.2' })

it('the hash of a request is the same under the same secret only, so that no guess of an address can be proved without it', () => {
  const hash = (key: Uint8Array) => idempotencyOf(key, 'key', request, now).claim.requestHash
  expect(hash(secret)).toEqual(hash(secret))
  expect(hash(secret)).not.toEqual(hash(randomSecret(32)))
  expect(hash(secret)).toHaveLength(32)
})

it('another request has another hash, whatever differs', () => {
  const other = checkRequest({ userId: 'ada', ipAddress: '192.0.2.78', userAgent: 'Canary/4.2' })
  const hashOf = (asked: typeof request) => idempotencyOf(secret, 'key', asked, now).claim.requestHash
  expect(hashOf(request)).not.toEqual(hashOf(other))
})
