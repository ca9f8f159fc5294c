import assert from 'node:assert/strict'
import { instantOf } from 'latchkey'
import type { ApiKey, ApiKeyStore } from '../accounts/api-key-store.ts'

export interface ApiKeyStoreCase {
  readonly name: string
  /** On the same data, which is empty at first. */
  check(stores: readonly [ApiKeyStore, ApiKeyStore]): Promise<void>
}

const noon = instantOf(Date.parse('2026-06-01T12:00:00Z'))

function apiKey(id: string, changes: Partial<ApiKey> = {}): ApiKey {
  return { id, name: 'shop', hint: 'lk_12345', createdAt: noon, revokedAt: null, ...changes }
}

function hashOf(byte: number): Uint8Array {
  return new Uint8Array(32).fill(byte)
}

/** What the comments of `ApiKeyStore` promise. */
export const apiKeyStoreContract: readonly ApiKeyStoreCase[] = [
  {
    name: 'a key is found by its hash as it was given, and by no other hash',
    async check([one, another]) {
      await one.insert(apiKey('key_1'), hashOf(1))
      assert.deepEqual(await another.findActive(hashOf(1)), apiKey('key_1'))
      assert.equal(await another.findActive(hashOf(2)), null)
    },
  },
  {
    name: 'of ten who revoke a key at once exactly one is told that it did, and nobody finds it any more',
    async check(stores) {
      await stores[0].insert(apiKey('key_1'), hashOf(1))
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) => stores[index % 2 ? 1 : 0].revoke('key_1', noon)),
      )
      assert.equal(outcomes.filter(Boolean).length, 1)
      assert.equal(await stores[0].findActive(hashOf(1)), null)
      assert.deepEqual(await stores[1].list(), [apiKey('key_1', { revokedAt: noon })])
    },
  },
  {
    name: 'an id that is none revokes nothing, and is no failure',
    async check([one]) {
      for (const id of ['key_nobody', '', '\0', 'x'.repeat(10_000)])
        assert.equal(await one.revoke(id, noon), false)
    },
  },
  {
    name: 'keys are listed oldest first, revoked ones included',
    async check([one]) {
      await one.insert(apiKey('key_1', { createdAt: instantOf(noon + 1) }), hashOf(1))
      await one.insert(apiKey('key_2'), hashOf(2))
      await one.revoke('key_2', noon)
      assert.deepEqual(
        (await one.list()).map(({ id }) => id),
        ['key_2', 'key_1'],
      )
    },
  },
]
