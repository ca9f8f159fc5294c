import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unknownPlace } from '../model/place.ts'
import type { Detector } from '../ports/detector.ts'
import { memoryStorage } from '../stores/memory/storage.ts'
import { fakeClock } from '../testing/fake-clock.ts'
import { interceptedStorage } from '../testing/intercepted-storage.ts'
import { createSessions, type Sessions } from './sessions.ts'
import type { SessionsOptions } from './sessions-options.ts'

let sessions: Sessions
let calls: string[]
let token: string

async function open(options: Partial<SessionsOptions>): Promise<void> {
  calls = []
  const storage = interceptedStorage(memoryStorage(), async (operation, call) => {
    calls.push(operation)
    return call()
  })
  const secret = new Uint8Array(32).fill(7)
  sessions = await createSessions({ storage, clock: fakeClock(), secret, cleanup: 'by-command', ...options })
  token = (await sessions.createSession({ userId: '42', ipAddress: '192.0.2.7', roles: ['admin'] })).token
  await sessions.verifySession(token)
  calls.length = 0
}

async function changes(): Promise<readonly unknown[]> {
  const filter = { types: ['session.network-changed'] } as const
  return (await sessions.listEvents(filter, { cursor: null, limit: 9 })).items
}

const active = { active: true }
const revoked = { active: false, reason: 'revoked' }

describe('a session that is used from another network', () => {
  afterEach(() => sessions.close())

  it('goes on where sessions are bound to none', async () => {
    await open({})
    expect(sessions.verifyCached(token, { ipAddress: '198.51.100.7' })).toMatchObject(active)
    expect(calls).toEqual([])
  })

  it('ends where they are bound, for whoever holds the token', async () => {
    await open({ networkBinding: 'end' })
    const elsewhere = { ipAddress: '198.51.100.7', request: 'r1' }
    expect(sessions.verifyCached(token, elsewhere)).toBeNull()
    expect(await sessions.verifySession(token, elsewhere)).toEqual(revoked)
    expect(await sessions.verifySession(token, { ipAddress: '192.0.2.7' })).toEqual(revoked)
    const { items } = await sessions.listEvents({ types: ['session.ended'] }, { cursor: null, limit: 9 })
    expect(items).toMatchObject([{ reason: 'network-change', actor: 'system', request: 'r1' }])
  })

  it('is one of a rule where a rule says so', async () => {
    await open({ rules: [{ name: 'admins', when: { roles: ['admin'] }, networkBinding: 'end' }] })
    expect(await sessions.verifySession(token, { ipAddress: '2001:db8::1' })).toEqual(revoked)
  })

  describe('and is observed', () => {
    beforeEach(() => open({ networkBinding: 'observe' }))

    it('goes on, and the log says once for each network that it was, without the address', async () => {
      for (const ipAddress of ['198.51.100.7', '198.51.100.8', '203.0.113.1', '198.51.100.7']) {
        expect(await sessions.verifySession(token, { ipAddress })).toMatchObject(active)
      }
      const found = await changes()
      expect(found).toHaveLength(2)
      expect(found).toMatchObject([{ userId: '42', after: { source: expect.any(String) } }, {}])
      expect(JSON.stringify(found)).not.toContain('198.51')
      expect(new Set(found.map((event) => JSON.stringify((event as { after: unknown }).after))).size).toBe(2)
    })

    it('reads nothing for it once it is known', async () => {
      await sessions.verifySession(token, { ipAddress: '198.51.100.7' })
      expect(sessions.verifyCached(token, { ipAddress: '198.51.100.9' })).toMatchObject(active)
    })
  })
})

describe('a session that is bound to its network', () => {
  afterEach(() => sessions.close())

  it.each([
    ['the same address', '192.0.2.7'],
    ['its neighbour', '192.0.2.200'],
    ['the same, written as IPv6', '::ffff:192.0.2.9'],
    ['nowhere known', null],
    ['no address', 'unknown'],
  ])('goes on from %s, without a read', async (_where, ipAddress) => {
    await open({ networkBinding: 'end' })
    expect(sessions.verifyCached(token, { ipAddress })).toMatchObject(active)
  })

  it('goes on where no address was kept at sign-in', async () => {
    await open({ networkBinding: 'end', addressPrivacy: 'none' })
    expect(await sessions.verifySession(token, { ipAddress: '198.51.100.7' })).toMatchObject(active)
  })
})

describe('a session that detectors look at', () => {
  const watching = (...observes: Detector['observes']): Detector => ({
    ...{ name: 'watcher', title: 'Watcher', definition: 'Sees.', attack: [], severity: 'low' },
    observes,
    examine: () => null,
  })
  const places = {
    name: 'example',
    locate: (address: string) => ({ ...unknownPlace, country: address.startsWith('192.') ? 'NO' : 'SE' }),
    data: () => null,
  } as never
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'
  const page = { cursor: null, limit: 9 }

  beforeEach(async () => {
    await open({ detectors: [watching('network-changed', 'client-changed')], places })
    const created = await sessions.createSession({ userId: '43', ipAddress: '192.0.2.7', userAgent: agent })
    token = created.token
    await sessions.verifySession(token, { ipAddress: '192.0.2.7', userAgent: agent })
  })

  afterEach(() => sessions.close())

  async function seen(type: 'session.network-changed' | 'session.client-changed') {
    return (await sessions.listEvents({ types: [type] }, page)).items
  }

  it('is said to be in another country, once, with what was seen then and at sign-in', async () => {
    for (const ipAddress of ['198.51.100.7', '198.51.100.7', '203.0.113.9']) {
      expect(await sessions.verifySession(token, { ipAddress })).toMatchObject(active)
    }
    const found = await seen('session.network-changed')
    expect(found).toMatchObject([
      { userId: '43', before: { last_used_at: expect.any(Number) }, after: { source: expect.any(String) } },
    ])
    expect(found[0]?.facts).toMatchObject({
      sighting: { place: { country: 'SE' } },
      before: { place: { country: 'NO' } },
    })
    expect(JSON.stringify(found)).not.toMatch(/198\.51|203\.0/)
  })

  it('is not said to be anywhere else in another network of the same country', async () => {
    await sessions.verifySession(token, { ipAddress: '192.0.3.7' })
    expect(await seen('session.network-changed')).toEqual([])
  })

  it('is said to be used by another client, once for each', async () => {
    for (const userAgent of [agent, 'curl/8.5.0', 'curl/8.5.0', null]) {
      expect(await sessions.verifySession(token, { userAgent })).toMatchObject(active)
    }
    const found = await seen('session.client-changed')
    expect(found).toHaveLength(1)
    expect(found[0]?.facts).toMatchObject({ sighting: { client: 'program' }, before: { client: 'browser' } })
  })

  it('fills no log, however many names of clients somebody makes up', async () => {
    for (let count = 0; count < 300; count += 1)
      await sessions.verifySession(token, { userAgent: `x/${count}` })
    const { items } = await sessions.listEvents(
      { types: ['session.client-changed'] },
      { cursor: null, limit: 500 },
    )
    expect(items).toHaveLength(100)
  })
})
