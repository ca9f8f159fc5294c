import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from 'latchkey'
import { plainEvent } from 'latchkey/ports'
import type { ApiKey, ApiKeyStore } from './api-key-store.ts'
import { type Origin, unattended } from './origin.ts'

/** Keys with which host back ends speak to the API. */
export interface ApiKeys {
  /** The key can be had this once only. Default of `origin`: the program itself. */
  create(name: string, origin?: Origin): Promise<{ readonly key: string; readonly apiKey: ApiKey }>
  /** The service that the key belongs to; null for anything that is no key in force. */
  authenticate(key: string): Promise<{ readonly id: string } | null>
  list(): Promise<readonly ApiKey[]>
  revoke(id: string, origin?: Origin): Promise<boolean>
}

export interface ApiKeysOptions {
  readonly store: ApiKeyStore
  readonly clock: Clock
  /** `LATCHKEY_API_KEY`, or null. */
  readonly configuredKey: string | null
}

/** The service that `LATCHKEY_API_KEY` stands for. */
export const configuredServiceId = 'configured'

/** `lk_` and 32 random bytes in base64url. */
const keyPattern = /^lk_[A-Za-z0-9_-]{43}$/

/** Enough to tell keys apart, too little to help with guessing: 30 of 256 bits. */
const hintLength = 8

export function createApiKeys({ store, clock, configuredKey }: ApiKeysOptions): ApiKeys {
  const configuredHash = configuredKey === null ? null : sha256(configuredKey)
  return {
    create: async (name, { by: actor, request } = unattended) => {
      const key = `lk_${randomBytes(32).toString('base64url')}`
      const at = clock.now()
      const apiKey: ApiKey = {
        id: `key_${randomBytes(8).toString('hex')}`,
        name,
        hint: key.slice(0, hintLength),
        createdAt: at,
        revokedAt: null,
      }
      const after = { key: apiKey.id, name }
      await store.insert(
        apiKey,
        sha256(key),
        plainEvent({ type: 'api-key.created', at, actor, request, after }),
      )
      return { key, apiKey }
    },
    authenticate: async (key) => {
      if (key.length > 1_024) return null
      const keyHash = sha256(key)
      if (configuredHash && timingSafeEqual(keyHash, configuredHash)) return { id: configuredServiceId }
      if (!keyPattern.test(key)) return null
      const found = await store.findActive(keyHash)
      return found && { id: found.id }
    },
    list: () => store.list(),
    revoke: (id, { by: actor, request } = unattended) => {
      const [at, before] = [clock.now(), { key: id }]
      return store.revoke(id, at, plainEvent({ type: 'api-key.revoked', at, actor, request, before }))
    },
  }
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
