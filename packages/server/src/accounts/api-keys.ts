import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from 'latchkey'
import type { ApiKey, ApiKeyStore } from './api-key-store.ts'

/** Keys with which host back ends speak to the API. */
export interface ApiKeys {
  /** The key can be had this once only. */
  create(name: string): Promise<{ readonly key: string; readonly apiKey: ApiKey }>
  /** The service that the key belongs to; null for anything that is no key in force. */
  authenticate(key: string): Promise<{ readonly id: string } | null>
  list(): Promise<readonly ApiKey[]>
  revoke(id: string): Promise<boolean>
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
    create: async (name) => {
      const key = `lk_${randomBytes(32).toString('base64url')}`
      const apiKey: ApiKey = {
        id: `key_${randomBytes(8).toString('hex')}`,
        name,
        hint: key.slice(0, hintLength),
        createdAt: clock.now(),
        revokedAt: null,
      }
      await store.insert(apiKey, sha256(key))
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
    revoke: (id) => store.revoke(id, clock.now()),
  }
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}
