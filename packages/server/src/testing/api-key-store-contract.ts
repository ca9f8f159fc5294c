import assert from 'node:assert/strict'
import { instantOf, type NewSessionEvent } from 'latchkey'
import { plainEvent } from 'latchkey/ports'
import type { ApiKey, ApiKeyStore } from '../accounts/api-key-store.ts'
import type { ReadEvents } from './account-store-contract.ts'

export interface ApiKeyStoreCase {
  readonly name: string
  /** On the same data, which is empty at first. */
  check(stores: readonly [ApiKeyStore, ApiKeyStore], events: ReadEvents): Promise<void>
}

const noon = instantOf(Date.parse('2026-06-01T12:00:00Z'))

function apiKey(id: string, changes: Partial<ApiKey> = {}): ApiKey {
  return { id, name: 'shop', hint: 'lk_12345', createdAt: noon, revokedAt: null, ...changes }
}

function hashOf(byte: number): Uint8Array {
  return new Uint8Array(32).fill(byte)
}

function event(type: 'api-key.created' | 'api-key.revoked'): NewSessionEvent {
  return plainEvent({ type, at: noon, actor: 'system' })
}

const insert = (store: ApiKeyStore, key: ApiKey, keyHash: Uint8Array) =>
  store.insert(key, keyHash, event('api-key.created'))
const revoke = (store: ApiKeyStore, id: string) => store.revoke(id, noon, event('api-key.revoked'))

/** What the comments of `ApiKeyStore` promise. */
export const apiKeyStoreContract: readonly ApiKeyStoreCase[] = [
  {
    name: 'a key is found by its hash as it was given, and by no other hash',
    async check([one, another]) {
      await insert(one, apiKey('key_1'), hashOf(1))
      assert.deepEqual(await another.findActive(hashOf(1)), apiKey('key_1'))
      assert.equal(await another.findActive(hashOf(2)), null)
    },
  },
  {
    name: 'of ten who revoke a key at once exactly one is told that it did, and nobody finds it any more',
    async check(stores) {
      await insert(stores[0], apiKey('key_1'), hashOf(1))
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, index) => revoke(stores[index % 2 ? 1 : 0], 'key_1')),
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
        assert.equal(await revoke(one, id), false)
    },
  },
  {
    name: 'keys are listed oldest first, revoked ones included',
    async check([one]) {
      await insert(one, apiKey('key_1', { createdAt: instantOf(noon + 1) }), hashOf(1))
      await insert(one, apiKey('key_2'), hashOf(2))
      await revoke(one, 'key_2')
      assert.deepEqual(
        (await one.list()).map(({ id }) => id),
        ['key_2', 'key_1'],
      )
    },
  },
  {
    name: 'a key that is made and one that is revoked have an event each, and what changed nothing has none',
    async check([one, another], events) {
      await insert(one, apiKey('key_1'), hashOf(1))
      await revoke(another, 'key_1')
      await revoke(one, 'key_1')
      await revoke(one, 'key_nobody')
      await assert.rejects(insert(one, apiKey('key_2'), hashOf(1)))
      assert.deepEqual(await events(), [
        ['api-key.created', null],
        ['api-key.revoked', null],
      ])
    },
  },
]
