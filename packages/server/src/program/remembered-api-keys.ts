import { hash } from 'node:crypto'
import { type Clock, type Duration, seconds } from 'latchkey'
import type { AuthenticateService, ServiceIdentity } from 'latchkey/http'
import type { ApiKeys } from '../accounts/api-keys.ts'

/**
 * How long an accepted key is accepted without another look at the database. Longer: a revoked key lives on for
 * as long in every process. Shorter: more reads on the way of requests.
 */
export const apiKeyMemory: Duration = seconds(2)

/** Keys of host back ends that are in use within two seconds: a handful. Reached only by mistake; then the oldest goes. */
const mostRemembered = 1_000

interface Remembered {
  readonly service: ServiceIdentity
  /** By the monotonic clock, before the database was asked: a key that is revoked meanwhile gains nothing. */
  readonly askedAt: number
}

/** As `apiKeys.authenticate`, which it asks at most once in `apiKeyMemory` for each key. A refusal is not remembered. */
export function rememberApiKeys(
  apiKeys: Pick<ApiKeys, 'authenticate'>,
  clock: Pick<Clock, 'monotonic'>,
): AuthenticateService {
  const remembered = new Map<string, Remembered>()

  async function ask(key: string, keyHash: string): Promise<ServiceIdentity | null> {
    const askedAt = clock.monotonic()
    const service = await apiKeys.authenticate(key)
    remembered.delete(keyHash)
    if (service === null) return null
    const [oldest] = remembered.keys()
    if (oldest !== undefined && remembered.size >= mostRemembered) remembered.delete(oldest)
    remembered.set(keyHash, { service, askedAt })
    return service
  }

  return (key) => {
    // Keys themselves stay nowhere for longer than their request.
    const keyHash = hash('sha256', key, 'base64')
    const known = remembered.get(keyHash)
    const isFresh = known !== undefined && clock.monotonic() - known.askedAt < apiKeyMemory
    return isFresh ? known.service : ask(key, keyHash)
  }
}
