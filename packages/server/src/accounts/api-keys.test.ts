import type { NewSessionEvent } from 'latchkey'
import { fakeClock } from 'latchkey/testing'
import { describe, expect, it } from 'vitest'
import { openAccountsDatabase } from './accounts-database.ts'
import { type ApiKeys, configuredServiceId, createApiKeys } from './api-keys.ts'
import { sqliteApiKeyStore } from './sqlite-api-key-store.ts'

function keys(configuredKey: string | null = null): {
  apiKeys: ApiKeys
  rows: () => string
  events: NewSessionEvent[]
} {
  const database = openAccountsDatabase(':memory:')
  const events: NewSessionEvent[] = []
  const store = sqliteApiKeyStore(database, (_prepare, event) => void events.push(event))
  const rows = () =>
    JSON.stringify(database.read((prepare) => prepare('SELECT *, hex(key_hash) FROM api_keys').all()))
  return { apiKeys: createApiKeys({ store, clock: fakeClock(), configuredKey }), rows, events }
}

describe('API keys', () => {
  it('prove who they belong to until they are revoked, and from then on nothing', async () => {
    const { apiKeys } = keys()
    const { key, apiKey } = await apiKeys.create('shop')
    expect(key).toMatch(/^lk_[A-Za-z0-9_-]{43}$/)
    expect(await apiKeys.authenticate(key)).toEqual({ id: apiKey.id })
    expect(await apiKeys.revoke(apiKey.id)).toBe(true)
    expect(await apiKeys.authenticate(key)).toBeNull()
    expect(await apiKeys.revoke(apiKey.id)).toBe(false)
    expect(await apiKeys.list()).toMatchObject([{ name: 'shop', revokedAt: expect.any(Number) }])
  })

  it('are kept as a hash and shown once', async () => {
    const { apiKeys, rows } = keys()
    const { key } = await apiKeys.create('shop')
    expect(rows()).not.toContain(key.slice(8))
    expect(JSON.stringify(await apiKeys.list())).not.toContain(key.slice(8))
  })

  it('that are none are refused', async () => {
    const { apiKeys } = keys()
    const { key } = await apiKeys.create('shop')
    for (const wrong of [
      '',
      'lk_',
      key.slice(0, -1),
      `${key}A`,
      key.toUpperCase(),
      ` ${key}`,
      'a'.repeat(70_000),
    ]) {
      expect(await apiKeys.authenticate(wrong)).toBeNull()
    }
  })

  it('include the one that was configured', async () => {
    const configured = 'a configured key of 32 characters or more'
    const { apiKeys } = keys(configured)
    expect(await apiKeys.authenticate(configured)).toEqual({ id: configuredServiceId })
    expect(await apiKeys.authenticate(`${configured}!`)).toBeNull()
    expect(await keys().apiKeys.authenticate(configured)).toBeNull()
  })

  it('leave an event each time, with their id and never the key', async () => {
    const { apiKeys, events } = keys()
    const origin = { by: 'command-line', request: null }
    const { key, apiKey } = await apiKeys.create('shop', origin)
    await apiKeys.revoke(apiKey.id, origin)
    await apiKeys.revoke(apiKey.id, origin)
    expect(events).toMatchObject([
      {
        type: 'api-key.created',
        actor: 'command-line',
        userId: null,
        after: { key: apiKey.id, name: 'shop' },
      },
      { type: 'api-key.revoked', actor: 'command-line', userId: null, before: { key: apiKey.id } },
    ])
    expect(JSON.stringify(events)).not.toContain(key.slice(3))
  })
})
